import { useTranslation } from 'react-i18next';

import { usePages, withQuery } from '../../api/queries';
import { DataTable, Empty, Loaded } from '../../ui';
import { grown, sizeOf } from './amounts';
import { NO_FILE } from './detail-path';
import { Money } from './money';
import { Party } from './party';
import { type FinancePlace, useFilters } from './place';
import type { FileRow } from './types';

export interface FileLevelProps {
  readonly place: FinancePlace;
  readonly account: string;
  readonly code: string;
}

/** The files that a reason's amount is made of, each under its pseudonym. */
export function FileLevel({ place, account, code }: FileLevelProps) {
  const { t } = useTranslation('finance');
  const [, change] = useFilters();
  const read = usePages<FileRow>(withQuery(`${place.path}/periods/${place.month}/files`, { account, code }));
  return (
    <Loaded read={read}>
      {(items) => (
        <DataTable
          caption={t('detail.files')}
          rows={items}
          idOf={({ file }) => file ?? NO_FILE}
          onOpen={({ file }) => {
            change({ file: file ?? NO_FILE });
          }}
          onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
          isLoadingMore={read.isFetchingNextPage}
          empty={<Empty title={t('detail.empty')}>{t('detail.emptyText')}</Empty>}
          columns={[
            {
              id: 'file',
              header: t('column.file'),
              cell: ({ file }) => (file === null ? t('detail.noFile') : <Party id={file} />),
              sortBy: ({ file }) => file ?? '',
            },
            {
              id: 'entries',
              header: t('column.entries'),
              isNumber: true,
              cell: ({ entries }) => entries,
              sortBy: ({ entries }) => entries,
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
