import { useTranslation } from 'react-i18next';

import { usePages, withQuery } from '../../api/queries';
import { Loaded } from '../../ui';
import { NO_FILE } from './detail-path';
import { EntryRows } from './entry-rows';
import type { FinancePlace } from './place';
import type { Entry } from './types';

export interface EntryLevelProps {
  readonly place: FinancePlace;
  readonly account: string;
  readonly code: string;
  readonly file: string;
}

/** The entries of one file for one reason; each opens with its explanation. */
export function EntryLevel({ place, account, code, file }: EntryLevelProps) {
  const { t } = useTranslation('finance');
  const of = { account, code, file: file === NO_FILE ? undefined : file };
  const read = usePages<Entry>(withQuery(`${place.path}/periods/${place.month}/entries`, of));
  return (
    <Loaded read={read}>
      {(items) => (
        <EntryRows
          caption={t('detail.entries')}
          items={items}
          account={account}
          onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
          isLoadingMore={read.isFetchingNextPage}
        />
      )}
    </Loaded>
  );
}
