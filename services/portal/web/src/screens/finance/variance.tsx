import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import { monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, Group, Loaded, Select, Stack, StatusMark } from '../../ui';
import { centsOf, sumOf } from './amounts';
import { FinancePage } from './finance-page';
import { Money } from './money';
import { MonthField } from './month-field';
import { monthAfter } from './next-steps';
import { PictureOrTable } from './picture-or-table';
import { type FinancePlace, shortOf, useFilters } from './place';
import type { ContractHead } from './contract-types';
import type { Variance } from './types';
import { foots, waterfall } from './waterfall';
import { WaterfallChart } from './waterfall-chart';
import { useWord } from './words';

/** Why a month differs from another, in effects that sum to the difference to the cent. */
export function VarianceScreen() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('variance.title')} section="variance" hasMonth>
      {(place) => <Choice place={place} />}
    </FinancePage>
  );
}

function Choice({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const [filters, change] = useFilters();
  const contracts = useRead<{ readonly items: readonly ContractHead[] }>('/api/capitation/payment-contracts');
  return (
    <Loaded read={contracts}>
      {({ items }) => {
        const paying = items.filter(({ bookId }) => bookId !== null && shortOf(bookId) === place.book);
        const ids = [...new Set(paying.map(({ id }) => id))];
        const contract = filters['contract'] ?? ids.at(-1);
        if (contract === undefined) return <Empty title={t('variance.noContract')} />;
        const before = filters['before'] ?? monthAfter(place.month, -1);
        return (
          <Stack gap="md">
            <Group align="flex-end">
              <Select
                label={t('variance.contract')}
                w={260}
                data={ids}
                value={contract}
                allowDeselect={false}
                onChange={(value) => {
                  change({ contract: value ?? undefined });
                }}
              />
              <Stack gap={2}>
                <span>{t('variance.before')}</span>
                <MonthField
                  month={before}
                  first={monthAfter(place.month, -24)}
                  last={monthAfter(place.month, -1)}
                  onChange={(value) => {
                    change({ before: value });
                  }}
                />
              </Stack>
            </Group>
            <Bridge place={place} contract={contract} before={before} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface BridgeProps {
  readonly place: FinancePlace;
  readonly contract: string;
  readonly before: string;
}

function Bridge({ place, contract, before }: BridgeProps) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const word = useWord();
  const read = useRead<Variance>(withQuery(`${place.path}/variance`, { contract, before, after: place.month }));
  const labelOf = (id: string): string =>
    id === 'before'
      ? monthText(before, language)
      : id === 'after'
        ? monthText(place.month, language)
        : word('effect', id);
  return (
    <Loaded read={read}>
      {(variance) => {
        const steps = variance.effects.map(({ effect, amount }) => ({ id: effect, cents: centsOf(amount) }));
        const [from, to] = [centsOf(variance.before), centsOf(variance.after)];
        const title = t('variance.bridge', {
          before: monthText(before, language),
          after: monthText(place.month, language),
        });
        return (
          <PictureOrTable
            title={title}
            picture={
              <WaterfallChart
                title={title}
                bars={waterfall(from, steps, to)}
                labelOf={labelOf}
                currency={place.currency}
              />
            }
            table={<EffectTable variance={variance} currency={place.currency} labelOf={labelOf} />}
            more={
              foots(from, steps, to) ? (
                <StatusMark tone="done">{t('variance.foots')}</StatusMark>
              ) : (
                <StatusMark tone="urgent">{t('variance.doesNotFoot')}</StatusMark>
              )
            }
          />
        );
      }}
    </Loaded>
  );
}

interface EffectTableProps {
  readonly variance: Variance;
  readonly currency: string;
  readonly labelOf: (id: string) => string;
}

function EffectTable({ variance, currency, labelOf }: EffectTableProps) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const sum = sumOf(
    variance.effects.map(({ amount }) => amount),
    currency,
  );
  const rows = [
    { id: 'before', amount: variance.before, isTotal: true },
    ...variance.effects.map(({ effect, amount }) => ({ id: effect, amount, isTotal: false })),
    { id: 'sum', amount: sum, isTotal: false },
    { id: 'after', amount: variance.after, isTotal: true },
  ];
  return (
    <DataTable
      caption={t('variance.title')}
      rows={rows}
      idOf={({ id }) => id}
      columns={[
        {
          id: 'effect',
          header: t('variance.effect'),
          cell: ({ id, isTotal }) =>
            isTotal ? <strong>{labelOf(id)}</strong> : id === 'sum' ? t('variance.sum') : labelOf(id),
        },
        {
          id: 'meaning',
          header: t('variance.meaning'),
          cell: ({ id }) => (word('effect', `${id}_text`) === `${id}_text` ? '' : word('effect', `${id}_text`)),
        },
        {
          id: 'amount',
          header: t('column.amount'),
          isNumber: true,
          cell: ({ amount, isTotal }) => <Money of={amount} isSigned={!isTotal} isStrong={isTotal} />,
        },
      ]}
    />
  );
}
