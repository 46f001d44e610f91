import { useTranslation } from 'react-i18next';

import { isProblem } from '../../api/problem';
import { usePages, useRead } from '../../api/queries';
import { useRowKeys } from '../../shell/list-keys';
import { Failure, Grid, Loaded, Loading, Panel, Stack } from '../../ui';
import { ClosingChecklist } from './closing-checklist';
import { ClosingSteps } from './closing-steps';
import { EntryRows } from './entry-rows';
import { FinancePage } from './finance-page';
import { type FinancePlace, sharedWork } from './place';
import { StateMark } from './state-mark';
import type { Checklist, Entry, Period } from './types';

/** The close of a month: what is left over, who prepared, who approved, what was sealed, what came later. */
export function Closing() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('close.title')} section="close" hasMonth>
      {(place) => <Content key={`${place.book} ${place.month}`} place={place} />}
    </FinancePage>
  );
}

/** A month that nobody has begun to close. */
const untouched = (month: string): Period => ({
  ...{ state: 'OPEN', month, preparedBy: null, preparedAt: null, waivers: [], approvals: [] },
  ...{ closedSeq: null, hash: null, root: null, closedAt: null },
});

function Content({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { path, month } = place;
  const read = useRead<Period>(`${path}/periods/${month}`, sharedWork);
  const checklist = useRead<Checklist>(`${path}/periods/${month}/checklist`);
  const isUntouched = isProblem(read.error) && read.error.status === 404;
  const period = isUntouched ? untouched(month) : read.data;
  if (period === undefined) {
    return read.error === null ? <Loading /> : <Failure error={read.error} onRetry={() => void read.refetch()} />;
  }
  const readAgain = (): void => {
    void read.refetch();
    void checklist.refetch();
  };
  return (
    <Stack gap="md">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Panel title={t('close.checklist')} actions={<StateMark state={period.state} />}>
            <Loaded read={checklist}>
              {(list) => (
                <ClosingChecklist
                  list={list}
                  period={period}
                  place={place}
                  readAtMs={checklist.dataUpdatedAt}
                  onReadAgain={readAgain}
                />
              )}
            </Loaded>
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <ClosingSteps period={period} place={place} readAtMs={checklist.dataUpdatedAt} onReadAgain={readAgain} />
        </Grid.Col>
      </Grid>
      <Prior place={place} />
    </Stack>
  );
}

function Prior({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const read = usePages<Entry>(`${place.path}/periods/${place.month}/prior`);
  useRowKeys();
  return (
    <Panel title={t('close.prior')}>
      <Loaded read={read}>
        {(items) => (
          <EntryRows
            caption={t('close.prior')}
            items={items}
            onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
            isLoadingMore={read.isFetchingNextPage}
          />
        )}
      </Loaded>
    </Panel>
  );
}
