import { useTranslation } from 'react-i18next';

import { PatientName } from '../../shell/names';
import { Group, Progress, RowButton, Stack, StatusMark, Text } from '../../ui';
import { caseTones, isHandled, type MeetingCase } from './meeting';

const WHOLE = 100;

export interface CaseListProps {
  readonly agenda: readonly MeetingCase[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** The cases in the order in which they are discussed, each with what became of it. */
export function CaseList({ agenda, selected, onSelect }: CaseListProps) {
  const { t } = useTranslation('meetings');
  const handled = agenda.filter(isHandled).length;
  return (
    <nav aria-label={t('room.agenda')}>
      <Progress
        value={(handled / agenda.length) * WHOLE}
        size="sm"
        mb="sm"
        aria-label={t('room.progress', { count: handled, all: agenda.length })}
      />
      <Stack component="ol" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
        {agenda.map((one, index) => (
          <li key={one.id}>
            <CaseRow one={one} place={index + 1} isSelected={one.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </Stack>
    </nav>
  );
}

interface CaseRowProps {
  readonly one: MeetingCase;
  readonly place: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function CaseRow({ one, place, isSelected, onSelect }: CaseRowProps) {
  const { t } = useTranslation('meetings');
  return (
    <RowButton id={one.id} isSelected={isSelected} onSelect={onSelect}>
      <Group justify="space-between" gap={6}>
        <Text component="span" size="sm" fw={640}>
          <span className="numbers">{place}.</span> <PatientName id={one.patientId} />
        </Text>
        <StatusMark tone={caseTones[one.status]}>{t(`status.${one.status}`)}</StatusMark>
      </Group>
      {one.question === null ? null : (
        <Text component="span" display="block" size="xs" c="dimmed" lineClamp={1} mt={2}>
          {one.question}
        </Text>
      )}
    </RowButton>
  );
}
