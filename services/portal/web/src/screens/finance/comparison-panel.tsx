import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { usePages, useRead, withQuery } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Anchor, DataTable, Empty, Facts, Group, Loaded, Text } from '../../ui';
import { sizeOf } from './amounts';
import { Money } from './money';
import { PairedBars } from './paired-bars';
import { Party } from './party';
import { PictureOrTable } from './picture-or-table';
import { type FinancePlace, going } from './place';
import type { ComparedPathway, Comparison } from './types';
import { percentText } from './percent-text';

const SHOWN = 6;

/** What the flat prices brought in beside what the same acts would have cost one by one: the greatest differences. */
export function ComparisonPanel({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const month = { month: place.month };
  const whole = useRead<Comparison>(withQuery(`${place.path}/comparison`, month));
  const pathways = usePages<ComparedPathway>(withQuery(`${place.path}/comparison/pathways`, { ...month, limit: 200 }));
  return (
    <Loaded read={whole}>
      {(comparison) => {
        const rows = greatest(pathways.data ?? []);
        if (rows.length === 0) return <Empty title={t('comparison.none')}>{t('comparison.noneText')}</Empty>;
        return (
          <PictureOrTable
            title={t('comparison.title')}
            picture={
              <PairedBars
                firstLabel={t('comparison.received')}
                secondLabel={t('comparison.equivalent')}
                rows={rows.map((row) => ({
                  ...{ id: row.subject, label: <Party id={row.subject} /> },
                  ...{ first: row.received, second: row.equivalent.amount },
                }))}
              />
            }
            table={<ComparedTable rows={rows} />}
            more={<Whole comparison={comparison} place={place} />}
          />
        );
      }}
    </Loaded>
  );
}

const greatest = (rows: readonly ComparedPathway[]): readonly ComparedPathway[] =>
  [...rows]
    .filter(
      ({ received, equivalent }) => sizeOf(received) !== 0 || equivalent.acts > 0 || equivalent.notPriced.length > 0,
    )
    .sort((a, b) => Math.abs(sizeOf(b.difference)) - Math.abs(sizeOf(a.difference)))
    .slice(0, SHOWN);

function Whole({ comparison, place }: { readonly comparison: Comparison; readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const { pathways, leakage } = comparison;
  const notPriced = pathways.equivalent.notPriced.reduce((sum, { acts }) => sum + acts, 0);
  return (
    <>
      <Facts
        rows={[
          [t('comparison.all', { count: pathways.count }), <Money key="all" of={pathways.received} isStrong />],
          [t('comparison.equivalent'), <Money key="equivalent" of={pathways.equivalent.amount} isStrong />],
          [t('comparison.difference'), <Money key="difference" of={pathways.difference} isSigned isStrong />],
          [
            t('comparison.leakage'),
            <Group key="leakage" gap={6}>
              <Money of={leakage.amount} isStrong />
              {leakage.shareOfReceived === null ? null : (
                <Text size="sm">({percentText(leakage.shareOfReceived, language)})</Text>
              )}
            </Group>,
          ],
        ]}
      />
      {notPriced === 0 ? null : (
        <Text size="xs" c="dimmed">
          {t('comparison.notPriced', { count: notPriced })}
        </Text>
      )}
      <Anchor
        component={Link}
        {...going('/finance/$book/analysis', { book: place.book }, { month: place.month })}
        size="sm"
      >
        {t('comparison.more')}
      </Anchor>
    </>
  );
}

export function ComparedTable(props: {
  readonly rows: readonly ComparedPathway[];
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
}) {
  const { t } = useTranslation('finance');
  return (
    <DataTable
      caption={t('comparison.title')}
      rows={props.rows}
      idOf={({ subject }) => subject}
      onMore={props.onMore}
      isLoadingMore={props.isLoadingMore === true}
      columns={[
        { id: 'subject', header: t('column.file'), cell: ({ subject }) => <Party id={subject} /> },
        {
          id: 'received',
          header: t('comparison.received'),
          isNumber: true,
          cell: (row) => <Money of={row.received} />,
          sortBy: (row) => sizeOf(row.received),
        },
        {
          id: 'equivalent',
          header: t('comparison.equivalent'),
          isNumber: true,
          cell: (row) => <Money of={row.equivalent.amount} />,
          sortBy: (row) => sizeOf(row.equivalent.amount),
        },
        {
          id: 'difference',
          header: t('comparison.difference'),
          isNumber: true,
          cell: (row) => <Money of={row.difference} isSigned />,
          sortBy: (row) => sizeOf(row.difference),
        },
        {
          id: 'margin',
          header: t('comparison.margin'),
          isNumber: true,
          cell: (row) => <Money of={row.margin} isSigned />,
          sortBy: (row) => sizeOf(row.margin),
        },
        {
          id: 'notPriced',
          header: t('comparison.acts'),
          isNumber: true,
          cell: ({ equivalent }) =>
            `${String(equivalent.acts)} + ${String(equivalent.notPriced.reduce((sum, { acts }) => sum + acts, 0))}`,
        },
      ]}
    />
  );
}
