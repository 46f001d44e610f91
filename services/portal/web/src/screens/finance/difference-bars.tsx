import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Money as Amount } from '../../formats';
import { Box, Group, Stack, Text } from '../../ui';
import { sizeOf } from './amounts';
import { Money } from './money';

export interface DifferenceRow {
  readonly id: string;
  readonly label: ReactNode;
  readonly difference: Amount;
}

/** Who wins and who loses, on either side of a line: by side, sign and figure, and by colour last. */
export function DifferenceBars({ rows }: { readonly rows: readonly DifferenceRow[] }) {
  const { t } = useTranslation('finance');
  const max = Math.max(1, ...rows.map(({ difference }) => Math.abs(sizeOf(difference))));
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {t('whatIf.losers')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('whatIf.winners')}
        </Text>
      </Group>
      <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
        {rows.map(({ id, label, difference }) => {
          const size = sizeOf(difference);
          const share = `${String((Math.abs(size) / max) * 50)}%`;
          return (
            <li key={id}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" component="div" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                  {label}
                </Text>
                <Text size="sm" component="div">
                  <Money of={difference} isSigned isStrong />
                </Text>
              </Group>
              <Box h={10} pos="relative" bg="var(--ariane-line)" style={{ borderRadius: 3 }} aria-hidden>
                <Box
                  pos="absolute"
                  h="100%"
                  w={share}
                  {...(size < 0
                    ? { right: '50%', bg: 'var(--ariane-late)' }
                    : { left: '50%', bg: 'var(--ariane-done)' })}
                  style={{ borderRadius: 3 }}
                />
                <Box pos="absolute" left="50%" top={-2} h={14} w={2} bg="var(--ariane-ink)" />
              </Box>
            </li>
          );
        })}
      </Stack>
    </Stack>
  );
}
