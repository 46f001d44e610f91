import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { Anchor, Box, Group, SimpleGrid, Text } from '../../ui';
import { shareOf } from './amounts';
import { Money } from './money';
import { type FinancePlace, going } from './place';
import type { FigureName, Overview } from './types';

interface Pair {
  readonly kind: 'receivable' | 'payable';
  readonly whole: FigureName;
  readonly part: FigureName;
  readonly rest: FigureName;
}

const pairs: readonly Pair[] = [
  { kind: 'receivable', whole: 'expected', part: 'received', rest: 'toReceive' },
  { kind: 'payable', whole: 'due', part: 'paid', rest: 'toPay' },
];

export interface FigureCardsProps {
  readonly overview: Overview;
  readonly place: FinancePlace;
}

/** What is expected and due, how much of it the bank has settled, and what stands beside it. */
export function FigureCards({ overview, place }: FigureCardsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      {pairs.map((pair) => (
        <PairCard key={pair.kind} pair={pair} overview={overview} place={place} />
      ))}
      <BesideCard overview={overview} place={place} />
    </SimpleGrid>
  );
}

function PairCard({ pair, overview, place }: FigureCardsProps & { readonly pair: Pair }) {
  const { t } = useTranslation('finance');
  const { figures } = overview;
  const share = shareOf(figures[pair.part], figures[pair.whole]);
  return (
    <Box component="section" className="paper" p="md" aria-label={t(`figure.${pair.whole}`)}>
      <Text size="sm" c="dimmed">
        {t(`figure.${pair.whole}`)}
      </Text>
      <Text fz={30} fw={680} lh={1.25}>
        <Anchor
          component={Link}
          {...going('/finance/$book/detail', { book: place.book }, { month: place.month, kind: pair.kind })}
          inherit
          c="inherit"
          underline="hover"
        >
          <Money of={figures[pair.whole]} />
        </Anchor>
      </Text>
      <Bar share={share} />
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t(`figure.${pair.part}`)} <Money of={figures[pair.part]} isStrong />
        </Text>
        <Text size="sm">
          {t(`figure.${pair.rest}`)} <Money of={figures[pair.rest]} isStrong />
        </Text>
      </Group>
    </Box>
  );
}

/** How much of a whole is settled; its figures stand beside it as text. */
function Bar({ share }: { readonly share: number }) {
  return (
    <Box my={8} h={8} bg="var(--ariane-line)" style={{ borderRadius: 4, overflow: 'hidden' }} aria-hidden>
      <Box h="100%" w={`${String(share)}%`} bg="var(--ariane-calm)" />
    </Box>
  );
}

function BesideCard({ overview, place }: FigureCardsProps) {
  const { t } = useTranslation('finance');
  const { figures, pending, openDisputes } = overview;
  const rows = [
    ['kept', <Money key="kept" of={figures.kept} isStrong />],
    ['accrued', <Money key="accrued" of={figures.accrued} isStrong />],
    ['withheld', <Money key="withheld" of={figures.withheld} isStrong />],
  ] as const;
  return (
    <Box component="section" className="paper" p="md" aria-label={t('overview.beside')}>
      <dl style={{ margin: 0, display: 'grid', gap: 6 }}>
        {rows.map(([name, amount]) => (
          <Group key={name} justify="space-between" gap="xs" wrap="nowrap">
            <Text component="dt" size="sm" c="dimmed">
              {t(`figure.${name}`)}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {amount}
            </Text>
          </Group>
        ))}
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text component="dt" size="sm" c="dimmed">
            {t('overview.pending', { count: pending.count })}
          </Text>
          <Text component="dd" size="sm" m={0}>
            <Money of={pending.amount} isStrong />
          </Text>
        </Group>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text component="dt" size="sm" c="dimmed">
            {t('overview.disputes')}
          </Text>
          <Text component="dd" size="sm" m={0}>
            <Anchor component={Link} {...going('/finance/disputes', {}, { month: place.month })} size="sm">
              {t('overview.openDisputes', { count: openDisputes })}
            </Anchor>
          </Text>
        </Group>
      </dl>
    </Box>
  );
}
