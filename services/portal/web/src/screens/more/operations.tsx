import { useTranslation } from 'react-i18next';

import { type Page as Items, useCommand, useRead } from '../../api/queries';
import { instantText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, type Column, DataTable, Empty, Failure, Loaded, Page, Panel, StatusMark, tell } from '../../ui';
import { ReadModelsPanel } from './read-models-panel';

interface ParkedKey {
  readonly id: string;
  readonly producer: string;
  readonly parkedSubject: string;
  readonly reason: string;
  readonly parkedAt: string;
}

interface ServiceState {
  readonly name: string;
  readonly isAnswering: boolean;
  readonly outbox: number;
  readonly lag: number;
  readonly due: number;
  readonly why: readonly string[];
  readonly parked: readonly ParkedKey[];
}

type Waiting = ParkedKey & { readonly service: string };

const PATH = '/api/ops';
const EVERY_MS = 5_000;

/** How the services are and what waits for a human in them; asked again every few seconds. */
export function Operations() {
  const { t } = useTranslation('more');
  const read = useRead<Items<ServiceState>>(PATH, { everyMs: EVERY_MS });
  return (
    <Page title={t('ops.title')} lead={t('ops.lead')}>
      <Loaded read={read}>
        {({ items }) => (
          <>
            <Panel>
              <ServicesTable items={items} />
            </Panel>
            <ReadModelsPanel />
            <Panel title={t('ops.parkedTitle')}>
              <ParkedTable
                rows={items.flatMap(({ name, parked }) => parked.map((key) => ({ ...key, service: name })))}
              />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ServicesTable({ items }: { readonly items: readonly ServiceState[] }) {
  const { t } = useTranslation('more');
  const columns: readonly Column<ServiceState>[] = [
    { id: 'name', header: t('ops.service'), cell: ({ name }) => name },
    {
      id: 'state',
      header: t('ops.state'),
      cell: ({ isAnswering }) => (
        <StatusMark tone={isAnswering ? 'done' : 'urgent'}>
          {isAnswering ? t('ops.answering') : t('ops.away')}
        </StatusMark>
      ),
    },
    { id: 'outbox', header: t('ops.outbox'), isNumber: true, cell: ({ outbox }) => outbox },
    { id: 'lag', header: t('ops.lag'), isNumber: true, cell: ({ lag }) => lag },
    { id: 'due', header: t('ops.due'), isNumber: true, cell: ({ due }) => due },
    { id: 'why', header: t('ops.why'), cell: ({ why }) => why.join(', ') },
  ];
  return <DataTable caption={t('ops.title')} columns={columns} rows={items} idOf={({ name }) => name} />;
}

function ParkedTable({ rows }: { readonly rows: readonly Waiting[] }) {
  const { t } = useTranslation('more');
  const place = usePlace();
  const mayReplay = useHasRole('territory-administrator');
  const replay = useCommand<Waiting>({
    path: ({ service, id }) => `${PATH}/${service}/parked/${encodeURIComponent(id)}/replay`,
    changes: [PATH],
    onDone: () => {
      tell(t('ops.replayed'));
    },
  });
  const columns: readonly Column<Waiting>[] = [
    { id: 'service', header: t('ops.service'), cell: ({ service }) => service },
    { id: 'subject', header: t('ops.subject'), cell: ({ parkedSubject }) => parkedSubject },
    { id: 'reason', header: t('ops.reason'), cell: ({ reason }) => reason },
    { id: 'since', header: t('ops.since'), cell: ({ parkedAt }) => instantText(parkedAt, place.now, place) },
    {
      id: 'replay',
      header: t('ops.replay'),
      cell: (row) =>
        mayReplay ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={replay.isPending}
            onClick={() => {
              replay.mutate(row);
            }}
          >
            {t('ops.replay')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {replay.error === null ? null : <Failure error={replay.error} />}
      <DataTable
        caption={t('ops.parkedTitle')}
        columns={columns}
        rows={rows}
        idOf={({ service, id }) => `${service} ${id}`}
        empty={<Empty title={t('ops.noneParked')} />}
      />
    </>
  );
}
