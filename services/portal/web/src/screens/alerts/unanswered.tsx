import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { usePages } from '../../api/queries';
import { Anchor, type Column, DataTable, Empty, Loaded, Panel, StatusMark } from '../../ui';
import { toneOfTier, useCareWords, useTimes } from '../care/care-words';

type Line = Pick<Alert, 'id' | 'pathwayId' | 'tier' | 'reason' | 'raisedAt' | 'rung' | 'formerOwners'>;

/** What nobody answered, up to who is on call: somebody is to be found. Nothing of the patient is told. */
export function Unanswered() {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const times = useTimes();
  const read = usePages<Line>('/api/pathways/alerts/unanswered?limit=100', { everyMs: 60_000 });
  const columns: readonly Column<Line>[] = [
    {
      id: 'tier',
      header: t('tier'),
      sortBy: ({ tier }) => tier,
      cell: ({ tier }) => <StatusMark tone={toneOfTier[tier]}>{words.tier(tier)}</StatusMark>,
    },
    { id: 'why', header: t('fact.why'), cell: ({ reason }) => words.alertReason(reason) },
    {
      id: 'raised',
      header: t('fact.raised'),
      sortBy: ({ raisedAt }) => raisedAt,
      cell: ({ raisedAt }) => times.instant(raisedAt),
    },
    {
      id: 'told',
      header: t('unanswered.told'),
      cell: ({ formerOwners = [] }) => formerOwners.map(({ ownerRole }) => words.teamRole(ownerRole)).join(', '),
    },
    {
      id: 'team',
      header: t('unanswered.find'),
      cell: ({ id }) => (
        <Anchor component={Link} to="/team" size="sm" aria-label={`${t('unanswered.team')} ${id.slice(0, 8)}`}>
          {t('unanswered.team')} {id.slice(0, 8)}
        </Anchor>
      ),
    },
  ];
  return (
    <Panel title={t('unanswered.title')}>
      <Loaded read={read}>
        {(rows) => (
          <DataTable
            caption={t('unanswered.title')}
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
            empty={<Empty title={t('unanswered.none')} />}
          />
        )}
      </Loaded>
    </Panel>
  );
}
