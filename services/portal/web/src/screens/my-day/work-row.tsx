import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { WorkItem } from '../../api/care';
import { PatientName, PersonName } from '../../shell/names';
import { useSession } from '../../shell/session-context';
import { Box, Checkbox, Group, StatusMark, Text, UnstyledButton } from '../../ui';
import { toneOfTier, useCareWords, useItemTitle, useTimes } from '../care/care-words';

export interface WorkRowProps {
  readonly item: WorkItem;
  readonly isSelected: boolean;
  /** Whether it is the one row that Tab comes to. */
  readonly isEntry: boolean;
  readonly isMarked: boolean;
  readonly onSelect: (id: string) => void;
  readonly onMark: (item: WorkItem) => void;
}

/** One patient and one reason: how urgent, who, what, until when, whose. Drawn again only when it changes itself. */
export const WorkRow = memo(function WorkRow({ item, isSelected, isEntry, isMarked, onSelect, onMark }: WorkRowProps) {
  const { t } = useTranslation('myDay');
  const words = useCareWords();
  const times = useTimes();
  const titleOf = useItemTitle();
  return (
    <Box
      style={{
        borderBottom: '1px solid var(--ariane-line)',
        borderInlineStart: `3px solid ${isSelected ? 'var(--ariane-calm)' : 'transparent'}`,
        background: isSelected ? 'var(--ariane-calm-ground)' : undefined,
      }}
    >
      <Group wrap="nowrap" align="flex-start" gap={6} px="xs" py={8}>
        <Checkbox
          size="sm"
          mt={1}
          tabIndex={isEntry ? 0 : -1}
          aria-label={t('mark', { what: titleOf(item) })}
          checked={isMarked}
          onChange={() => {
            onMark(item);
          }}
        />
        <UnstyledButton
          data-row={item.id}
          tabIndex={isEntry ? 0 : -1}
          aria-current={isSelected || undefined}
          onClick={() => {
            onSelect(item.id);
          }}
          style={{ flex: 1, minWidth: 0 }}
        >
          <Group gap={6} wrap="nowrap" justify="space-between">
            <Text size="sm" fw={660} truncate component="span">
              <PatientName id={item.patientId} />
            </Text>
            <StatusMark tone={toneOfTier[item.tier]}>{words.tier(item.tier)}</StatusMark>
          </Group>
          <Text size="sm" component="span" display="block" lineClamp={2}>
            {titleOf(item)}
          </Text>
          <Text size="xs" c="dimmed" component="span" display="block">
            {words.reason(item.reason)} · {whenText(item, times.far)} · <OwnerName item={item} />
          </Text>
        </UnstyledButton>
      </Group>
    </Box>
  );
  function whenText({ deadline, since }: WorkItem, far: (instant: string) => string): string {
    return deadline === undefined ? t('since', { when: far(since) }) : t('due', { when: far(deadline) });
  }
});

/** Whose the item is: mine, a colleague's, nobody's yet. */
export function OwnerName({ item }: { readonly item: Pick<WorkItem, 'ownerId' | 'ownerRole'> }) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const { practitionerId } = useSession();
  if (item.ownerId === undefined) {
    return (
      <>
        {t('owner.nobody')} ({words.teamRole(item.ownerRole)})
      </>
    );
  }
  return item.ownerId === practitionerId ? <>{t('owner.me')}</> : <PersonName id={item.ownerId} />;
}
