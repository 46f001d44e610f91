import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { dayText } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { usePlace } from '../../shell/session-context';
import { type Column, DataTable, Empty, Stack, StatusMark } from '../../ui';
import { centsOf, sizeOf, sumOf } from './amounts';
import { ContestButton } from './contest-button';
import { Money } from './money';
import { Party } from './party';
import type { Statement, StatementLine } from './types';

export interface StatementLinesProps {
  readonly statement: Statement;
  readonly items: readonly StatementLine[];
  readonly leadsToEntries: boolean;
  readonly onMore: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

/** The lines of a statement, each with its sentence; all of them add up to its sums. */
export function StatementLines({ statement, items, leadsToEntries, onMore, isLoadingMore }: StatementLinesProps) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const navigate = useNavigate();
  useRowKeys();
  const columns: Column<StatementLine>[] = [
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
      cell: ({ reason }) => (place.language === 'en' ? reason.en : reason.fr),
    },
    {
      id: 'section',
      header: t('statements.section'),
      cell: ({ section }) => t(`section.${sectionOf(section)}`),
      sortBy: ({ section }) => section,
    },
    {
      id: 'file',
      header: t('column.file'),
      cell: ({ subject }) => (subject === null ? '' : <Party id={subject} />),
      sortBy: ({ subject }) => subject ?? '',
    },
    {
      id: 'amount',
      header: t('column.amount'),
      isNumber: true,
      cell: ({ amount }) => <Money of={amount} />,
      sortBy: ({ amount }) => sizeOf(amount),
    },
  ];
  const contest: Column<StatementLine> = {
    id: 'contest',
    header: t('dispute.contest'),
    cell: ({ entryId, account }) => <ContestButton entry={{ id: entryId, legs: [{ account }] }} />,
  };
  return (
    <Stack gap="sm">
      <DataTable
        caption={t('statements.linesTitle')}
        rows={items}
        idOf={({ entryId, account }) => `${entryId} ${account}`}
        {...(leadsToEntries
          ? {
              onOpen: ({ entryId }: StatementLine) =>
                void navigate({ to: '/finance/entries/$entry', params: { entry: entryId } }),
            }
          : {})}
        onMore={onMore}
        isLoadingMore={isLoadingMore}
        empty={<Empty title={t('statements.noLines')} />}
        columns={leadsToEntries ? columns : [...columns, contest]}
      />
      {onMore === undefined ? <Footing statement={statement} items={items} /> : null}
    </Stack>
  );
}

const sectionOf = (section: string) =>
  (['DUE', 'WITHHELD', 'PAID', 'PRIOR_PERIOD'] as const).find((one) => one === section) ?? 'DUE';

/** That what is shown adds up to what the statement says, to the cent. */
function Footing({ statement, items }: Pick<StatementLinesProps, 'statement' | 'items'>) {
  const { t } = useTranslation('finance');
  const lines = sumOf(
    items.map(({ amount }) => amount),
    statement.closing.currency,
  );
  const isFooting = centsOf(statement.opening) + centsOf(lines) === centsOf(statement.closing);
  return (
    <StatusMark tone={isFooting ? 'done' : 'urgent'}>
      {t(isFooting ? 'statements.foots' : 'statements.doesNotFoot')}
    </StatusMark>
  );
}
