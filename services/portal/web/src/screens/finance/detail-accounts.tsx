import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import { DataTable, Empty, Group, Stack, Text, Title } from '../../ui';
import { accountKinds, kindOf } from './account-parts';
import { grown, shareOf, sizeOf, sumOf } from './amounts';
import { Money } from './money';
import { AccountName } from './party';
import { type FinancePlace, useFilters } from './place';
import { ShareBar } from './share-bar';
import type { AccountRow } from './types';

export interface AccountLevelProps {
  readonly items: readonly AccountRow[];
  readonly place: FinancePlace;
}

/** What each account moved by in the month, in groups that sum to what the overview shows. */
export function AccountLevel({ items, place }: AccountLevelProps) {
  const { t } = useTranslation('finance');
  const [{ kind: chosen }] = useFilters();
  if (items.length === 0) return <Empty title={t('detail.empty')}>{t('detail.emptyText')}</Empty>;
  const groups = accountKinds
    .filter((kind) => chosen === undefined || chosen === kind)
    .map((kind) => ({ kind, rows: items.filter(({ account }) => kindOf(account) === kind) }))
    .filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) return <Empty title={t('detail.emptyKind')}>{t('detail.emptyText')}</Empty>;
  return (
    <Stack gap="lg">
      {groups.map(({ kind, rows }) => (
        <Fragment key={kind}>
          <div>
            <Group justify="space-between">
              <Title order={2} size="h5">
                {t(`kind.${kind}`)}
              </Title>
              <Text size="sm">
                {t('detail.total')}{' '}
                <Money
                  of={sumOf(
                    rows.map((row) => grown(row.account, row.balance)),
                    place.currency,
                  )}
                  isStrong
                />
              </Text>
            </Group>
            <Accounts caption={t(`kind.${kind}`)} rows={rows} />
          </div>
        </Fragment>
      ))}
    </Stack>
  );
}

function Accounts({ caption, rows }: { readonly caption: string; readonly rows: readonly AccountRow[] }) {
  const { t } = useTranslation('finance');
  const [, change] = useFilters();
  const largest = rows.reduce(
    (best, row) => (Math.abs(sizeOf(row.balance)) > Math.abs(sizeOf(best)) ? row.balance : best),
    rows[0]?.balance ?? { amount: '0.00', currency: '' },
  );
  return (
    <DataTable
      caption={caption}
      rows={rows}
      idOf={({ account }) => account}
      onOpen={({ account }) => {
        change({ account });
      }}
      columns={[
        { id: 'account', header: t('column.account'), cell: ({ account }) => <AccountName account={account} /> },
        { id: 'share', header: t('column.share'), cell: (row) => <ShareBar share={shareOf(row.balance, largest)} /> },
        {
          id: 'amount',
          header: t('column.amount'),
          isNumber: true,
          cell: (row) => <Money of={grown(row.account, row.balance)} />,
          sortBy: (row) => sizeOf(grown(row.account, row.balance)),
        },
      ]}
    />
  );
}
