import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { PathwayLine } from '../../api/care';
import { usePages, withQuery } from '../../api/queries';
import { useRowKeys } from '../../shell/list-keys';
import { PatientName, PersonName } from '../../shell/names';
import { useHasRole } from '../../shell/session-context';
import { useView } from '../../shell/view';
import {
  Anchor,
  Button,
  type Column,
  DataTable,
  Empty,
  Group,
  Loaded,
  Page,
  Panel,
  Select,
  StatusMark,
} from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { PatientSearch } from './patient-search';

const statuses = ['ACTIVE', 'COMPLETED', 'DIED', 'REFUSED', 'TRANSFERRED', 'EXCLUDED'] as const;
const PAGE = 40;

/** The pathways one cares for: where each stands, what comes, what is late, who coordinates. */
export function Pathways() {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const navigate = useNavigate();
  const [view, change] = useView();
  const mayEnrol = useHasRole('coordinator', 'requester');
  const status = view['status'] ?? 'ACTIVE';
  const read = usePages<PathwayLine>(
    withQuery('/api/pathways/pathways', { status: status === 'all' ? undefined : status, limit: PAGE }),
  );
  const columns = usePathwayColumns();
  useRowKeys();
  const { protocol, late } = view;
  const rows = (read.data ?? []).filter(
    (line) => (protocol === undefined || line.protocol.id === protocol) && (late === undefined || (line.late ?? 0) > 0),
  );
  const protocols = [...new Set((read.data ?? []).map((line) => line.protocol.id))];
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayEnrol ? (
          <Button component={Link} to="/pathways/new">
            {t('enrol')}
          </Button>
        ) : null
      }
    >
      {mayEnrol ? <PatientSearch /> : null}
      <Panel>
        <Group gap="xs" mb="sm" role="group" aria-label={t('filters')}>
          <Select
            size="xs"
            aria-label={t('filter.status')}
            data={[
              ...statuses.map((value) => ({ value, label: words.pathwayStatus(value) })),
              { value: 'all', label: t('filter.all') },
            ]}
            value={status}
            allowDeselect={false}
            onChange={(value) => {
              change({ status: value ?? undefined });
            }}
          />
          <Select
            size="xs"
            aria-label={t('filter.protocol')}
            placeholder={t('filter.protocol')}
            data={protocols.map((value) => ({ value, label: words.protocol(value) }))}
            value={protocol ?? null}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
            onChange={(value) => {
              change({ protocol: value ?? undefined });
            }}
          />
          <Button
            size="xs"
            variant={late === undefined ? 'default' : 'light'}
            aria-pressed={late !== undefined}
            onClick={() => {
              change({ late: late === undefined ? 'yes' : undefined });
            }}
          >
            {t('filter.late')}
          </Button>
        </Group>
        <Loaded read={read}>
          {() => (
            <DataTable
              caption={t('title')}
              columns={columns}
              rows={rows}
              idOf={({ id }) => id}
              onOpen={({ id }) => void navigate({ to: `/pathways/${id}` })}
              onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
              isLoadingMore={read.isFetchingNextPage}
              empty={<Empty title={t('none.title')}>{t('none.text')}</Empty>}
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function usePathwayColumns(): readonly Column<PathwayLine>[] {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  return [
    {
      id: 'patient',
      header: t('column.patient'),
      cell: ({ id, patientId }) => (
        <Anchor component={Link} to={`/pathways/${id}`} fw={640} size="sm">
          <PatientName id={patientId} />
        </Anchor>
      ),
    },
    {
      id: 'protocol',
      header: t('column.protocol'),
      sortBy: ({ protocol }) => words.protocol(protocol.id),
      cell: ({ protocol }) => words.protocol(protocol.id),
    },
    {
      id: 'phase',
      header: t('column.phase'),
      sortBy: ({ phase }) => phase,
      cell: ({ phase, status }) => (phase === undefined ? words.pathwayStatus(status) : words.phase(phase)),
    },
    {
      id: 'next',
      header: t('column.next'),
      sortBy: ({ next }) => next?.latest,
      cell: ({ next }) =>
        next === undefined ? '' : `${next.label}${next.latest === undefined ? '' : ` · ${times.day(next.latest)}`}`,
    },
    {
      id: 'late',
      header: t('column.late'),
      sortBy: ({ late = 0 }) => -late,
      cell: ({ late = 0 }) =>
        late === 0 ? '' : <StatusMark tone="late">{t('head.late', { count: late })}</StatusMark>,
    },
    {
      id: 'coordinator',
      header: t('column.coordinator'),
      cell: ({ coordinatorId }) => (coordinatorId === undefined ? '' : <PersonName id={coordinatorId} />),
    },
  ];
}
