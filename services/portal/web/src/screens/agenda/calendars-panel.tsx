import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePages } from '../../api/queries';
import { instantText } from '../../formats';
import { PersonName } from '../../shell/names';
import { useHasRole, usePlace } from '../../shell/session-context';
import { useCodeWord, useWords } from '../../shell/words';
import { Button, type Column, DataTable, Empty, List, Loaded, Panel, Text } from '../../ui';
import { type Calendar, SCHEDULING } from './appointment';
import { ExceptionDialog } from './exception-dialog';
import { hoursText } from './hours-text';

/** The calendars of the territory: whose, what for, when open, and what is otherwise than usual. */
export function CalendarsPanel() {
  const { t } = useTranslation('agenda');
  const words = useWords();
  const { language } = usePlace();
  const [excepted, setExcepted] = useState<string | undefined>(undefined);
  const mayExcept = useHasRole('coordinator', 'specialist', 'territory-administrator');
  const read = usePages<Calendar>(`${SCHEDULING}/calendars?limit=50`);
  const columns = useMemo<readonly Column<Calendar>[]>(
    () => [
      {
        id: 'who',
        header: t('calendars.who'),
        cell: ({ practitionerId, resources }) =>
          practitionerId === undefined ? resources.join(', ') : <PersonName id={practitionerId} />,
      },
      {
        id: 'visits',
        header: t('calendars.visits'),
        cell: ({ visits }) => (
          <Text size="sm" component="span">
            {visits.map(({ visitKind, minutes }) => `${words.visitKind(visitKind)} (${minutes} min)`).join(', ')}
          </Text>
        ),
      },
      { id: 'hours', header: t('calendars.hours'), cell: ({ hours }) => hoursText(hours, language) },
      { id: 'exceptions', header: t('calendars.exceptions'), cell: (calendar) => <Exceptions calendar={calendar} /> },
      {
        id: 'do',
        header: t('calendars.do'),
        cell: ({ id }) =>
          mayExcept ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setExcepted(id);
              }}
            >
              {t('exception.open')}
            </Button>
          ) : null,
      },
    ],
    [t, words, language, mayExcept],
  );
  return (
    <Panel title={t('calendars.title')}>
      <Loaded read={read}>
        {(rows) => (
          <DataTable
            caption={t('calendars.title')}
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            empty={<Empty title={t('calendars.none')}>{t('calendars.noneText')}</Empty>}
            onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
            isLoadingMore={read.isFetchingNextPage}
          />
        )}
      </Loaded>
      {excepted === undefined ? null : (
        <ExceptionDialog
          calendarId={excepted}
          onClose={() => {
            setExcepted(undefined);
          }}
        />
      )}
    </Panel>
  );
}

/** What is ahead; what is over no longer matters. */
function Exceptions({ calendar }: { readonly calendar: Calendar }) {
  const { t } = useTranslation('agenda');
  const code = useCodeWord('agenda');
  const place = usePlace();
  const ahead = calendar.exceptions.filter(({ to }) => to > place.now);
  if (ahead.length === 0) return <Text size="sm">–</Text>;
  return (
    <List size="sm" listStyleType="none">
      {ahead.map(({ from, to, open, reason }) => (
        <List.Item key={`${from}/${to}/${reason}`}>
          {t(open ? 'exception.opened' : 'exception.closed')} {instantText(from, place.now, place)} –{' '}
          {instantText(to, place.now, place)} ({code(`reason.${reason}`, reason)})
        </List.Item>
      ))}
    </List>
  );
}
