import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useCommand, useRead, withQuery } from '../../api/queries';
import { dayIn, dayText } from '../../formats';
import { IdentityBanner } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Button, Empty, Failure, Loaded, Panel, Stack, tell, tellUndo, Text } from '../../ui';
import { type Appointment, changedByBooking, SCHEDULING, type Slot, type Visit } from './appointment';
import { Proposals } from './proposals';
import { best, daysThere, ranked } from './slot-ranking';
import { SlotList } from './slot-list';

const DAY_MS = 86_400_000;
/** How far slots are looked for: what the service shows at a time. */
const AHEAD_DAYS = 31;
const SLOTS_MAX = 200;
const PROPOSALS = 3;

export interface BookingPanelProps {
  readonly visit: Visit;
  readonly wish: { readonly dueFrom?: string; readonly latest?: string; readonly practitionerId?: string };
  /** The appointment stands already, and moves for this reason. */
  readonly move?: { readonly reason: string };
  readonly onDone?: (() => void) | undefined;
}

/** Finds a slot: the best few with the reason of each, then all of them day by day. */
export function BookingPanel({ visit, wish, move, onDone }: BookingPanelProps) {
  const { t } = useTranslation('agenda');
  const words = useWords();
  const place = usePlace();
  const [isAll, setAll] = useState(false);
  const slots = useSlots(visit, wish.dueFrom);
  const there = useRead<Page<Appointment>>(`${SCHEDULING}/appointments?patientId=${visit.patientId}&limit=200`);
  const book = useBooking(visit, move, onDone);
  const dayOf = (instant: string): string => dayIn(instant, place.timeZone);
  const proposalsOf = (items: readonly Slot[]) =>
    ranked(items, { ...wish, daysThere: daysThere(there.data?.items ?? [], dayOf) }, dayOf);
  return (
    <Stack gap="md">
      {move === undefined ? <IdentityBanner patientId={visit.patientId} /> : null}
      <Panel
        title={t(move === undefined ? 'book.title' : 'askTitle.move')}
        actions={
          wish.latest === undefined ? undefined : (
            <Text size="sm" fw={600}>
              {t('toBook.before', { day: dayText(wish.latest, place.now, place) })}
            </Text>
          )
        }
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {words.visitKind(visit.visitKind)}
          </Text>
          {book.error === null ? null : (
            <>
              <Failure error={book.error} />
              <Text size="sm" role="status">
                {t('book.alternative')}
              </Text>
            </>
          )}
          <Loaded read={slots} rows={3}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t('book.noSlot')}>{t('book.noSlotText', { count: AHEAD_DAYS })}</Empty>
              ) : (
                <>
                  <Proposals
                    proposals={best(proposalsOf(items), PROPOSALS)}
                    isBusy={book.isPending}
                    onBook={(slot) => {
                      book.mutate(slot);
                    }}
                  />
                  <Button
                    variant="subtle"
                    size="compact-md"
                    aria-expanded={isAll}
                    style={{ alignSelf: 'flex-start' }}
                    onClick={() => {
                      setAll(!isAll);
                    }}
                  >
                    {t(isAll ? 'book.fewer' : 'book.all')}
                  </Button>
                  {isAll ? (
                    <SlotList
                      slots={items}
                      isBusy={book.isPending}
                      onBook={(slot) => {
                        book.mutate(slot);
                      }}
                    />
                  ) : null}
                </>
              )
            }
          </Loaded>
        </Stack>
      </Panel>
    </Stack>
  );
}

/** Free slots for the visit, on which the patient is free too, earliest first. */
function useSlots({ visitKind, patientId }: Visit, dueFrom: string | undefined) {
  const { now, timeZone } = usePlace();
  // To the hour: the same question for an hour, and no slot that is over by then is booked anyway.
  const hour = `${now.slice(0, 13)}:00:00.000Z`;
  const due = dueFrom !== undefined && dueFrom > now ? dueFrom : hour;
  const to = new Date(Date.parse(`${dayIn(due, timeZone)}T00:00:00Z`) + AHEAD_DAYS * DAY_MS).toISOString();
  const query = { visitKind, patientId, from: due, to, limit: SLOTS_MAX };
  const read = useRead<Page<Slot>>(withQuery(`${SCHEDULING}/slots`, query));
  if (read.data === undefined) return read;
  return { ...read, data: { ...read.data, items: read.data.items.filter(({ startsAt }) => startsAt > now) } };
}

/** Books the slot, or moves the appointment there; noticed at once, a booking can be taken back. */
function useBooking(visit: Visit, move: BookingPanelProps['move'], onDone: (() => void) | undefined) {
  const { t } = useTranslation('agenda');
  const path = `${SCHEDULING}/appointments`;
  const cancel = useCommand({
    path: `${path}/${visit.appointmentId}/cancel`,
    body: () => ({ reason: 'booked-by-mistake' }),
    changes: changedByBooking,
  });
  const takeBack = (): void => {
    cancel.mutateAsync().then(
      () => {
        tell(t('told.cancel'));
      },
      () => {
        tell(t('cancel.failed'), 'failed');
      },
    );
  };
  return useCommand<Slot>({
    path: move === undefined ? path : `${path}/${visit.appointmentId}/move`,
    body: ({ calendarId, startsAt, mode }) =>
      move === undefined ? { ...visit, calendarId, startsAt, mode } : { calendarId, startsAt, mode, ...move },
    changes: changedByBooking,
    onDone: () => {
      onDone?.();
      if (move === undefined) tellUndo(t('book.done'), t('cancel.do'), takeBack);
      else tell(t('move.done'));
    },
  });
}
