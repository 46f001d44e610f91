import { useTranslation } from 'react-i18next';

import { monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, StatusMark } from '../../ui';
import { sizeOf } from './amounts';
import { Money } from './money';
import { Party } from './party';
import type { Statement } from './types';

export interface StatementTableProps {
  readonly items: readonly Statement[];
  readonly onOpen: (statement: Statement) => void;
  readonly onMore: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

export function StatementTable({ items, onOpen, onMore, isLoadingMore }: StatementTableProps) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  return (
    <DataTable
      caption={t('statements.title')}
      rows={items}
      idOf={({ kind, number }) => `${kind} ${String(number)}`}
      onOpen={onOpen}
      onMore={onMore}
      isLoadingMore={isLoadingMore}
      empty={<Empty title={t('statements.none')}>{t('statements.noneText')}</Empty>}
      columns={[
        {
          id: 'number',
          header: t('column.number'),
          isNumber: true,
          cell: ({ number }) => number,
          sortBy: ({ number }) => number,
        },
        {
          id: 'party',
          header: t('statements.party'),
          cell: ({ party }) => <Party id={party} />,
          sortBy: ({ party }) => party,
        },
        {
          id: 'month',
          header: t('column.month'),
          cell: ({ month }) => monthText(month, language),
          sortBy: ({ month }) => month,
        },
        {
          id: 'state',
          header: t('statements.state'),
          cell: ({ final }) => (
            <StatusMark tone={final ? 'done' : 'waiting'}>
              {t(final ? 'statements.final' : 'statements.provisional')}
            </StatusMark>
          ),
        },
        {
          id: 'lines',
          header: t('statements.lines'),
          isNumber: true,
          cell: ({ lines }) => lines,
          sortBy: ({ lines }) => lines,
        },
        {
          id: 'due',
          header: t('section.DUE'),
          isNumber: true,
          cell: ({ due }) => <Money of={due} />,
          sortBy: ({ due }) => sizeOf(due),
        },
        {
          id: 'closing',
          header: t('statements.closing'),
          isNumber: true,
          cell: ({ closing }) => <Money of={closing} isStrong />,
          sortBy: ({ closing }) => sizeOf(closing),
        },
      ]}
    />
  );
}
