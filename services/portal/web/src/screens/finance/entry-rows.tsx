import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { dayText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { type Column, DataTable, Empty, StatusMark } from '../../ui';
import { grown, sizeOf, sumOf } from './amounts';
import { Money } from './money';
import { AccountName } from './party';
import type { Entry } from './types';
import { useWord } from './words';

export interface EntryRowsProps {
  readonly caption: string;
  readonly items: readonly Entry[];
  /** Whose amount is shown; without it, the accounts an entry moves between. */
  readonly account?: string;
  readonly onMore: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

/** Entries as a list; each opens as a screen of its own. */
export function EntryRows({ caption, items, account, onMore, isLoadingMore }: EntryRowsProps) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const word = useWord();
  const navigate = useNavigate();
  const columns: Column<Entry>[] = [
    { id: 'seq', header: t('column.number'), isNumber: true, cell: ({ seq }) => seq, sortBy: ({ seq }) => seq },
    {
      id: 'day',
      header: t('column.day'),
      cell: ({ effectiveAt }) => dayText(effectiveAt, place.now, place),
      sortBy: ({ effectiveAt }) => effectiveAt,
    },
    {
      id: 'reason',
      header: t('column.reason'),
      cell: ({ code, line }) =>
        `${word('reason', code)}${line !== null && line.rev > 1 ? ` (${t('revision', { rev: line.rev })})` : ''}`,
      sortBy: ({ code }) => code,
    },
    {
      id: 'prior',
      header: t('column.month'),
      cell: ({ prior, effectivePeriod, period }) =>
        prior ? <StatusMark tone="late">{t('priorOf', { month: effectivePeriod })}</StatusMark> : period,
    },
  ];
  const amount: Column<Entry> =
    account === undefined
      ? {
          id: 'accounts',
          header: t('column.accounts'),
          cell: ({ legs }) =>
            legs.map((leg, index) => (
              <div key={index}>
                <AccountName account={leg.account} />
              </div>
            )),
        }
      : {
          id: 'amount',
          header: t('column.amount'),
          isNumber: true,
          cell: (entry) => <Money of={amountOn(entry, account)} />,
          sortBy: (entry) => sizeOf(amountOn(entry, account)),
        };
  return (
    <DataTable
      caption={caption}
      rows={items}
      idOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/finance/entries/$entry', params: { entry: id } })}
      onMore={onMore}
      isLoadingMore={isLoadingMore}
      empty={<Empty title={t('detail.empty')}>{t('detail.emptyText')}</Empty>}
      columns={[...columns, amount]}
    />
  );
}

/** What an entry adds to an account, on the side on which it grows. */
function amountOn({ legs }: Pick<Entry, 'legs'>, account: string) {
  const own = legs.filter((leg) => leg.account === account);
  const signed = own.map(({ side, amount }) =>
    side === 'debit' ? amount : { ...amount, amount: negativeOf(amount.amount) },
  );
  return grown(account, sumOf(signed, own[0]?.amount.currency ?? 'EUR'));
}

const negativeOf = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
