import { useTranslation } from 'react-i18next';

import { type Page, useRead, withQuery } from '../../api/queries';
import { dayIn, dayText, instantOf } from '../../formats';
import { usePlace, useSession } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { useView } from '../../shell/view';
import { daysAfter, mondayOf } from '../../shell/week';
import { Button, Drawer, Empty, Group, Loaded, SegmentedControl, Stack, Text, VisuallyHidden } from '../../ui';
import { type Appointment, type Calendar, SCHEDULING } from './appointment';
import { CalendarSelect } from './calendar-select';
import { ReadAppointment } from './to-book';
import { columnsOf } from './week-grid';
import { WeekView } from './week-view';

const WEEK = 7;

/** A calendar's week or day: when it is open and what stands in it. */
export function Week() {
  const { t } = useTranslation('agenda');
  const calendars = useRead<Page<Calendar>>(`${SCHEDULING}/calendars?limit=200`);
  return (
    <Loaded read={calendars}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('calendars.none')}>{t('calendars.noneText')}</Empty>
        ) : (
          <WeekOf calendars={items} />
        )
      }
    </Loaded>
  );
}

function WeekOf({ calendars }: { readonly calendars: readonly Calendar[] }) {
  const place = usePlace();
  const [view, change] = useView();
  const today = dayIn(place.now, place.timeZone);
  const day = view['day'] ?? today;
  const isDay = view['span'] === 'day';
  const { practitionerId } = useSession();
  const mine = calendars.find((one) => one.practitionerId !== undefined && one.practitionerId === practitionerId);
  const calendar = calendars.find(({ id }) => id === view['calendar']) ?? mine ?? calendars[0];
  const days = isDay ? [day] : Array.from({ length: WEEK }, (_, index) => daysAfter(mondayOf(day), index));
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <CalendarSelect
          calendars={calendars}
          value={calendar?.id}
          onChange={(id) => {
            change({ calendar: id });
          }}
        />
        <WeekNavigation day={day} isDay={isDay} />
      </Group>
      <Text fw={600} aria-live="polite">
        {dayText(days[0] ?? day, today, place)}
        {isDay ? '' : ` – ${dayText(days.at(-1) ?? day, today, place)}`}
      </Text>
      {calendar === undefined ? null : <WeekBody calendar={calendar} days={days} />}
    </Stack>
  );
}

/** The former and the next days, today, and how many are shown. */
function WeekNavigation({ day, isDay }: { readonly day: string; readonly isDay: boolean }) {
  const { t } = useTranslation('agenda');
  const [, change] = useView();
  const go = (weeks: number) => (): void => {
    change({ day: daysAfter(day, weeks * (isDay ? 1 : WEEK)) });
  };
  const goToday = (): void => {
    change({ day: undefined });
  };
  useShortcuts([
    { keys: 'n', label: t('week.next'), run: go(1) },
    { keys: 'p', label: t('week.former'), run: go(-1) },
    { keys: 't', label: t('week.today'), run: goToday },
  ]);
  return (
    <Group gap="xs">
      <Button variant="default" onClick={go(-1)}>
        <span aria-hidden>‹</span>
        <VisuallyHidden>{t('week.former')}</VisuallyHidden>
        <kbd style={{ marginInlineStart: 6 }}>p</kbd>
      </Button>
      <Button variant="default" onClick={goToday}>
        {t('week.today')}
      </Button>
      <Button variant="default" onClick={go(1)}>
        <span aria-hidden>›</span>
        <VisuallyHidden>{t('week.next')}</VisuallyHidden>
        <kbd style={{ marginInlineStart: 6 }}>n</kbd>
      </Button>
      <SegmentedControl
        aria-label={t('week.span')}
        value={isDay ? 'day' : 'week'}
        data={(['week', 'day'] as const).map((value) => ({ value, label: t(`span.${value}`) }))}
        onChange={(value) => {
          change({ span: value === 'day' ? 'day' : undefined });
        }}
      />
    </Group>
  );
}

function WeekBody({ calendar, days }: { readonly calendar: Calendar; readonly days: readonly string[] }) {
  const { t } = useTranslation('agenda');
  const { timeZone } = usePlace();
  const [view, change] = useView();
  const [first = '', last = first] = [days[0], days.at(-1)];
  const read = useRead<Page<Appointment>>(
    withQuery(`${SCHEDULING}/appointments`, {
      practitionerId: calendar.practitionerId,
      from: instantOf(`${first} 00:00`, timeZone),
      to: instantOf(`${daysAfter(last, 1)} 00:00`, timeZone),
      limit: 200,
    }),
  );
  const visit = view['visit'];
  return (
    <Loaded read={read}>
      {({ items }) => (
        <>
          <WeekView
            columns={columnsOf(
              calendar,
              days,
              items.filter(({ slot }) => slot?.calendarId === calendar.id),
            )}
            onOpen={(id) => {
              change({ visit: id }, { isStep: true });
            }}
          />
          <Drawer
            opened={visit !== undefined}
            onClose={() => {
              change({ visit: undefined });
            }}
            position="right"
            size="lg"
            title={t('week.visit')}
            closeButtonProps={{ 'aria-label': t('week.close') }}
          >
            {visit === undefined ? null : <ReadAppointment id={visit} />}
          </Drawer>
        </>
      )}
    </Loaded>
  );
}
