import { useTranslation } from 'react-i18next';

import { farText } from '../../formats';
import { PatientName, PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useCodeWord, useWords } from '../../shell/words';
import { Group, RowButton, Stack, StatusMark, Text, Title } from '../../ui';
import { isOpen, type OpinionGroup, type OpinionLine, statusTones } from './opinion';
import { OpinionClock } from './opinion-clock';

export interface OpinionListProps {
  /** Whom a row names: an expert sees who asks, who asks sees the expert. */
  readonly side: 'expert' | 'requester';
  readonly groups: readonly { readonly group: OpinionGroup; readonly lines: readonly OpinionLine[] }[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** The requests, group by group, each a button that opens it beside. */
export function OpinionList({ side, groups, selected, onSelect }: OpinionListProps) {
  const { t } = useTranslation('opinions');
  return (
    <Stack gap="md">
      {groups.map(({ group, lines }) => (
        <section key={group} aria-label={t(`group.${group}`)}>
          <Title order={2} size="h6" mb={4} c="dimmed">
            {t(`group.${group}`)} <span className="numbers">{lines.length}</span>
          </Title>
          <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {lines.map((line) => (
              <li key={line.id}>
                <OpinionRow
                  line={line}
                  otherId={side === 'expert' ? line.requesterId : line.expertId}
                  isSelected={line.id === selected}
                  onSelect={onSelect}
                />
              </li>
            ))}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}

interface OpinionRowProps {
  readonly line: OpinionLine;
  readonly otherId: string;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function OpinionRow({ line, otherId, isSelected, onSelect }: OpinionRowProps) {
  const { t } = useTranslation('opinions');
  const words = useWords();
  const code = useCodeWord('opinions');
  const place = usePlace();
  const { id, patientId, specialty, urgency, status, conclusion } = line;
  return (
    <RowButton id={id} isSelected={isSelected} onSelect={onSelect}>
      <Group justify="space-between" gap={6}>
        <Text size="sm" fw={640} component="span">
          <PatientName id={patientId} />
        </Text>
        {isOpen(line) ? (
          <OpinionClock line={line} />
        ) : (
          <Text size="xs" c="dimmed" component="span">
            {farText(line.givenAt ?? line.requestedAt, place.now, place.language)}
          </Text>
        )}
      </Group>
      <Group justify="space-between" gap={6} mt={2}>
        <Text size="xs" c="dimmed" component="span">
          {words.specialty(specialty)} · <PersonName id={otherId} />
        </Text>
        {urgency === 'urgent' && isOpen(line) ? <StatusMark tone="urgent">{t('urgency.urgent')}</StatusMark> : null}
        {isOpen(line) ? null : (
          <StatusMark tone={statusTones[status]}>
            {conclusion === undefined ? t(`status.${status}`) : code(`conclusion.${conclusion}`, conclusion)}
          </StatusMark>
        )}
      </Group>
    </RowButton>
  );
}
