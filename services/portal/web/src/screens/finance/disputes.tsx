import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import { dayText } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, Grid, Loaded, Panel, SegmentedControl } from '../../ui';
import { DisputePanel } from './dispute-panel';
import { FinancePage } from './finance-page';
import { Party } from './party';
import { sharedWork, useFilters } from './place';
import { DisputeMark } from './state-mark';
import type { Dispute } from './types';

/** What is contested: answered, decided by somebody else than who raised it, with its difference. */
export function Disputes() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('dispute.title')} section="disputes">
      {() => <Content />}
    </FinancePage>
  );
}

function Content() {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const [filters, change] = useFilters();
  const isDecided = filters['decided'] === 'true';
  const read = useRead<{ readonly items: readonly Dispute[] }>(
    withQuery('/api/capitation/disputes', { decided: isDecided ? 'true' : undefined }),
    sharedWork,
  );
  useRowKeys();
  const chosen = read.data?.items.find(({ id }) => id === filters['dispute']);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Panel
          title={t(isDecided ? 'dispute.decidedList' : 'dispute.openList')}
          actions={
            <SegmentedControl
              size="xs"
              aria-label={t('dispute.which')}
              data={[
                { value: 'open', label: t('dispute.openOnes') },
                { value: 'decided', label: t('dispute.decidedOnes') },
              ]}
              value={isDecided ? 'decided' : 'open'}
              onChange={(value) => {
                change({ decided: value === 'decided' ? 'true' : undefined, dispute: undefined });
              }}
            />
          }
        >
          <Loaded read={read}>
            {({ items }) => (
              <DataTable
                caption={t('dispute.title')}
                rows={items}
                idOf={({ id }) => id}
                selectedId={filters['dispute']}
                onOpen={({ id }) => {
                  change({ dispute: id });
                }}
                empty={<Empty title={t('dispute.none')}>{t('dispute.noneText')}</Empty>}
                columns={[
                  { id: 'state', header: t('dispute.state'), cell: ({ state }) => <DisputeMark state={state} /> },
                  { id: 'party', header: t('dispute.party'), cell: ({ party }) => <Party id={party} /> },
                  {
                    id: 'month',
                    header: t('column.month'),
                    cell: ({ period }) => period,
                    sortBy: ({ period }) => period,
                  },
                  {
                    id: 'at',
                    header: t('dispute.raised'),
                    cell: ({ raisedAt }) => dayText(raisedAt, place.now, place),
                    sortBy: ({ raisedAt }) => raisedAt,
                  },
                ]}
              />
            )}
          </Loaded>
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        {chosen === undefined ? (
          <Panel>
            <Empty title={t('dispute.choose')} />
          </Panel>
        ) : (
          <DisputePanel key={chosen.id} dispute={chosen} />
        )}
      </Grid.Col>
    </Grid>
  );
}
