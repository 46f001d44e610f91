import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { instantText } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, Panel } from '../../ui';
import { Party } from './party';
import type { EntryEvent } from './types';
import { useWord } from './words';

/** The events an entry rests on: a kind of act, a date, a role; no patient and no reason for care. */
export function EntryEvents({ events }: { readonly events: readonly EntryEvent[] }) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const place = usePlace();
  const navigate = useNavigate();
  useRowKeys();
  return (
    <Panel title={t('entry.events')}>
      <DataTable
        caption={t('entry.events')}
        rows={events}
        idOf={({ eventId }) => eventId}
        onOpen={({ eventId }) => void navigate({ to: '/finance/events/$event', params: { event: eventId } })}
        empty={<Empty title={t('entry.noEvents')} />}
        columns={[
          { id: 'what', header: t('column.act'), cell: ({ what }) => word('act', what), sortBy: ({ what }) => what },
          {
            id: 'at',
            header: t('column.at'),
            cell: ({ at }) => instantText(at, place.now, place),
            sortBy: ({ at }) => at,
          },
          {
            id: 'who',
            header: t('column.who'),
            cell: ({ parties }) =>
              parties.map((party) => (
                <div key={party}>
                  <Party id={party} />
                </div>
              )),
          },
        ]}
      />
    </Panel>
  );
}
