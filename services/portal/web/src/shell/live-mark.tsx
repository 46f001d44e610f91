import { useIsMutating } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { Group, Text, Tooltip } from '../ui';
import { useStreamState } from './stream';

const marks = { live: '●', connecting: '◌', away: '○' } as const;
const inks = {
  live: 'var(--ariane-done)',
  connecting: 'var(--mantine-color-dimmed)',
  away: 'var(--ariane-late)',
} as const;

/** Whether the page hears of changes, and whether something waits to be sent: in words and not by colour alone. */
export function LiveMark() {
  const { t } = useTranslation('shell');
  const state = useStreamState();
  const unsent = useIsMutating();
  return (
    <Tooltip label={t(`live.${state}Long`)} withinPortal>
      <Group gap={5} wrap="nowrap" role="status" aria-live="polite">
        <span aria-hidden style={{ color: inks[state] }}>
          {marks[state]}
        </span>
        <Text size="xs" c="dimmed" visibleFrom="md">
          {unsent > 0 ? t('live.sending', { count: unsent }) : t(`live.${state}`)}
        </Text>
      </Group>
    </Tooltip>
  );
}
