import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { dayText, timeText } from '../../formats';
import { useFocusInList, useListKeys } from '../../shell/list-keys';
import { usePlace } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { useView } from '../../shell/view';
import { useWords } from '../../shell/words';
import { Button, Empty, Loaded, Page, Split, Text } from '../../ui';
import { usePathIds } from '../screen-route';
import { CaseList } from './case-list';
import { CaseRoom } from './case-room';
import { isHandled, type Meeting, nextOpen } from './meeting';
import { MeetingSummary } from './meeting-summary';

/** One meeting: its agenda, and the case under discussion. Everybody who looks sees the same. */
export function MeetingRoom() {
  const { t } = useTranslation('meetings');
  const { meetingId = '' } = usePathIds();
  const words = useWords();
  const place = usePlace();
  const [view, change] = useView();
  const isSummary = view['show'] === 'summary';
  const read = useRead<Meeting>(`/api/meetings/meetings/${meetingId}`);
  const meeting = read.data;
  const title = meeting === undefined ? t('title') : words.meetingType(meeting.meetingType);
  return (
    <Page
      title={title}
      lead={
        meeting === undefined ? undefined : (
          <>
            {dayText(meeting.startsAt, place.now, place)} {timeText(meeting.startsAt, place)} ·{' '}
            {meeting.agenda.filter(isHandled).length}/{meeting.agenda.length} {t('room.handled')}
          </>
        )
      }
      actions={
        <Button
          variant="default"
          onClick={() => {
            change({ show: isSummary ? undefined : 'summary' }, { isStep: true });
          }}
        >
          {t(isSummary ? 'room.back' : 'room.summary')}
        </Button>
      }
    >
      <Loaded read={read}>
        {(found) =>
          found.agenda.length === 0 ? (
            <Empty title={t('room.empty')}>{t('room.emptyText')}</Empty>
          ) : isSummary ? (
            <MeetingSummary meeting={found} />
          ) : (
            <Agenda meeting={found} readAtMs={read.dataUpdatedAt} onReadAgain={() => void read.refetch()} />
          )
        }
      </Loaded>
    </Page>
  );
}

interface AgendaProps {
  readonly meeting: Meeting;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

function Agenda({ meeting, readAtMs, onReadAgain }: AgendaProps) {
  const { t } = useTranslation('meetings');
  const [view, change] = useView();
  const { agenda } = meeting;
  const ids = agenda.map(({ id }) => id);
  const first = agenda.find((one) => !isHandled(one)) ?? agenda[0];
  const chosen = agenda.find(({ id }) => id === view['case']) ?? first;
  const select = (id: string): void => {
    change({ case: id });
  };
  const go = (by: 1 | -1): void => {
    const to = chosen === undefined ? undefined : ids[ids.indexOf(chosen.id) + by];
    if (to !== undefined) select(to);
  };
  useListKeys(ids, chosen?.id, select);
  const keepFocus = useFocusInList(chosen?.id);
  useShortcuts([
    {
      keys: 'n',
      label: t('room.next'),
      run: () => {
        go(1);
      },
    },
    {
      keys: 'p',
      label: t('room.former'),
      run: () => {
        go(-1);
      },
    },
  ]);
  if (chosen === undefined) return <Text>{t('room.empty')}</Text>;
  return (
    <Split
      isDetailOpen={view['case'] !== undefined}
      onBack={() => {
        change({ case: undefined });
      }}
      list={<CaseList agenda={agenda} selected={chosen.id} onSelect={select} />}
      detail={
        <CaseRoom
          key={chosen.id}
          meeting={meeting}
          one={chosen}
          readAtMs={readAtMs}
          onReadAgain={onReadAgain}
          onHandled={() => {
            const next = nextOpen(agenda, chosen.id);
            if (next !== undefined) select(next);
            keepFocus();
          }}
        />
      }
    />
  );
}
