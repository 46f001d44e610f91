import type { ReactNode } from 'react';

import type { Money as Amount } from '../../formats';
import { Box, Group, Stack, Text } from '../../ui';
import { sizeOf } from './amounts';
import { Money } from './money';

interface PairedRow {
  readonly id: string;
  readonly label: ReactNode;
  readonly first: Amount;
  readonly second: Amount;
}

export interface PairedBarsProps {
  readonly firstLabel: string;
  readonly secondLabel: string;
  readonly rows: readonly PairedRow[];
}

const inks = { first: 'var(--ariane-calm)', second: 'var(--ariane-late)' } as const;

/** Two amounts side by side, row by row: each bar with its figure, so that the picture is read as well as seen. */
export function PairedBars({ firstLabel, secondLabel, rows }: PairedBarsProps) {
  const sizes = rows.flatMap(({ first, second }) => [Math.abs(sizeOf(first)), Math.abs(sizeOf(second))]);
  const max = Math.max(1, ...sizes);
  return (
    <Stack gap="sm">
      <Group gap="lg">
        <Legend ink={inks.first} label={firstLabel} />
        <Legend ink={inks.second} label={secondLabel} isHatched />
      </Group>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {rows.map(({ id, label, first, second }) => (
          <li key={id}>
            <Text size="sm" fw={600}>
              {label}
            </Text>
            <BarRow ink={inks.first} amount={first} label={firstLabel} max={max} />
            <BarRow ink={inks.second} amount={second} label={secondLabel} max={max} isHatched />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

interface BarRowProps {
  readonly ink: string;
  readonly amount: Amount;
  readonly label: string;
  readonly max: number;
  readonly isHatched?: boolean;
}

function BarRow({ ink, amount, label, max, isHatched = false }: BarRowProps) {
  const share = (Math.abs(sizeOf(amount)) / max) * 100;
  return (
    <Group gap="xs" wrap="nowrap">
      <Box style={{ flex: 1, minWidth: 0 }} aria-hidden>
        <Box h={10} w={`max(2px, ${String(share)}%)`} style={{ borderRadius: 3, ...fillOf(ink, isHatched) }} />
      </Box>
      <Text size="sm" w="8.5rem" ta="right" component="div">
        <span className="visually-hidden">{label} </span>
        <Money of={amount} />
      </Text>
    </Group>
  );
}

function Legend({
  ink,
  label,
  isHatched = false,
}: {
  readonly ink: string;
  readonly label: string;
  readonly isHatched?: boolean;
}) {
  return (
    <Group gap={6} wrap="nowrap" aria-hidden>
      <Box w={18} h={10} style={{ borderRadius: 3, ...fillOf(ink, isHatched) }} />
      <Text size="xs">{label}</Text>
    </Group>
  );
}

/** The second of a pair is hatched as well, so that colour alone does not tell them apart. */
const fillOf = (ink: string, isHatched: boolean) =>
  isHatched
    ? {
        background: `repeating-linear-gradient(135deg, ${ink} 0 4px, transparent 4px 6px)`,
        outline: `1px solid ${ink}`,
      }
    : { background: ink };
