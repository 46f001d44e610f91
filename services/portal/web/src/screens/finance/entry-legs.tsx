import { useTranslation } from 'react-i18next';

import { DataTable, Panel } from '../../ui';
import { Money } from './money';
import { AccountName } from './party';
import type { Entry } from './types';

/** From which account to which an entry moved an amount; both sides are equal. */
export function EntryLegs({ entry }: { readonly entry: Pick<Entry, 'legs'> }) {
  const { t } = useTranslation('finance');
  const rows = entry.legs.map((leg, index) => ({ ...leg, id: String(index) }));
  return (
    <Panel title={t('entry.legs')}>
      <DataTable
        caption={t('entry.legs')}
        rows={rows}
        idOf={({ id }) => id}
        columns={[
          { id: 'account', header: t('column.account'), cell: ({ account }) => <AccountName account={account} /> },
          {
            id: 'debit',
            header: t('column.debit'),
            isNumber: true,
            cell: ({ side, amount }) => (side === 'debit' ? <Money of={amount} /> : ''),
          },
          {
            id: 'credit',
            header: t('column.credit'),
            isNumber: true,
            cell: ({ side, amount }) => (side === 'credit' ? <Money of={amount} /> : ''),
          },
        ]}
      />
    </Panel>
  );
}
