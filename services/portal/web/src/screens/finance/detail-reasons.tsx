import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import { DataTable, Empty, Loaded } from '../../ui';
import { grown, shareOf, sizeOf } from './amounts';
import { Money } from './money';
import { type FinancePlace, useFilters } from './place';
import { ShareBar } from './share-bar';
import type { ReasonRow } from './types';
import { useWord } from './words';

export interface ReasonLevelProps {
  readonly place: FinancePlace;
  readonly account: string;
}

/** Why an account came to what it did: the greatest reason first. */
export function ReasonLevel({ place, account }: ReasonLevelProps) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const [, change] = useFilters();
  const read = useRead<{ readonly items: readonly ReasonRow[] }>(
    withQuery(`${place.path}/periods/${place.month}/reasons`, { account }),
  );
  return (
    <Loaded read={read}>
      {({ items }) => (
        <DataTable
          caption={t('detail.reasons')}
          rows={items}
          idOf={({ code }) => code}
          onOpen={({ code }) => {
            change({ code });
          }}
          empty={<Empty title={t('detail.empty')}>{t('detail.emptyText')}</Empty>}
          columns={[
            {
              id: 'reason',
              header: t('column.reason'),
              cell: ({ code }) => word('reason', code),
              sortBy: ({ code }) => code,
            },
            {
              id: 'legs',
              header: t('column.movements'),
              isNumber: true,
              cell: ({ legs }) => legs,
              sortBy: ({ legs }) => legs,
            },
            {
              id: 'share',
              header: t('column.share'),
              cell: (row) => <ShareBar share={shareOf(row.balance, items[0]?.balance ?? row.balance)} />,
            },
            {
              id: 'amount',
              header: t('column.amount'),
              isNumber: true,
              cell: (row) => <Money of={grown(account, row.balance)} />,
              sortBy: (row) => sizeOf(grown(account, row.balance)),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
