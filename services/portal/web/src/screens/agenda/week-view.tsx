import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { usePatientNamed } from '../../api/names';
import { dayIn, dayText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Box, Text, UnstyledButton, VisuallyHidden } from '../../ui';
import type { Appointment } from './appointment';
import { type DayColumn, hoursShown, placeOf, type Stretch, wallOf } from './week-grid';

const HOUR = 60;
const HOUR_PX = 54;
/** Under so many minutes a block has room for one line. */
const SHORT = 40;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / HOUR)).padStart(2, '0')}:${String(minutes % HOUR).padStart(2, '0')}`;

export interface WeekViewProps {
  readonly columns: readonly DayColumn[];
  readonly onOpen: (appointmentId: string) => void;
}

/** The grid: white where it is open, a block for each appointment. Arrow keys go from block to block and day to day. */
export function WeekView({ columns, onOpen }: WeekViewProps) {
  const { t } = useTranslation('agenda');
  const place = usePlace();
  const shown = hoursShown(columns);
  const hours = Array.from({ length: (shown.to - shown.from) / HOUR }, (_, index) => shown.from + index * HOUR);
  const height = hours.length * HOUR_PX;
  const today = dayIn(place.now, place.timeZone);
  return (
    <Box className="paper" style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('week.grid')}>
      <div
        style={{ display: 'grid', gridTemplateColumns: `3.2rem repeat(${columns.length}, minmax(6.5rem, 1fr))` }}
        onKeyDown={walk}
      >
        <span />
        {columns.map(({ day }) => (
          <Text
            key={day}
            size="sm"
            fw={day === today ? 700 : 500}
            ta="center"
            py={6}
            c={day === today ? undefined : 'dimmed'}
          >
            {dayText(day, place.now, place)}
          </Text>
        ))}
        <div style={{ position: 'relative', height }} aria-hidden>
          {hours.map((hour, index) => (
            <Text
              key={hour}
              size="xs"
              c="dimmed"
              className="numbers"
              style={{ position: 'absolute', top: index * HOUR_PX, insetInlineStart: 6 }}
            >
              {clock(hour)}
            </Text>
          ))}
        </div>
        {columns.map((column) => (
          <Day
            key={column.day}
            column={column}
            shown={shown}
            height={height}
            isToday={column.day === today}
            onOpen={onOpen}
          />
        ))}
      </div>
    </Box>
  );
}

interface DayProps {
  readonly column: DayColumn;
  readonly shown: Stretch;
  readonly height: number;
  readonly isToday: boolean;
  readonly onOpen: (appointmentId: string) => void;
}

function Day({ column, shown, height, isToday, onOpen }: DayProps) {
  const { t } = useTranslation('agenda');
  const place = usePlace();
  const now = wallOf(place.now, place.timeZone).minutes;
  return (
    <section
      aria-label={dayText(column.day, place.now, place)}
      data-day={column.day}
      style={{
        position: 'relative',
        height,
        borderInlineStart: '1px solid var(--ariane-line)',
        background: 'var(--mantine-color-body)',
      }}
    >
      {column.open.map((stretch) => {
        const { top, height: tall } = placeOf(stretch, shown);
        return (
          <div
            key={stretch.from}
            aria-hidden
            style={{
              position: 'absolute',
              insetInline: 0,
              top: `${top}%`,
              height: `${tall}%`,
              background: 'var(--ariane-paper)',
            }}
          />
        );
      })}
      <div
        aria-hidden
        style={{
          position: 'absolute',
          inset: 0,
          background: `repeating-linear-gradient(var(--ariane-line) 0 1px, transparent 1px ${HOUR_PX}px)`,
        }}
      />
      {column.open.length === 0 ? (
        <Text size="xs" c="dimmed" ta="center" pt="sm" style={{ position: 'relative' }}>
          {t('week.closed')}
        </Text>
      ) : null}
      {isToday ? (
        <div
          aria-hidden
          style={{
            position: 'absolute',
            insetInline: 0,
            top: `${placeOf({ from: now, to: now }, shown).top}%`,
            borderTop: '2px solid var(--ariane-thread)',
          }}
        />
      ) : null}
      {column.blocks.map(({ appointment, ...stretch }) => (
        <Block key={appointment.id} appointment={appointment} stretch={stretch} shown={shown} onOpen={onOpen} />
      ))}
    </section>
  );
}

interface BlockProps extends Pick<DayProps, 'shown' | 'onOpen'> {
  readonly appointment: Appointment;
  readonly stretch: Stretch;
}

function Block({ appointment, stretch, shown, onOpen }: BlockProps) {
  const { t } = useTranslation('agenda');
  const words = useWords();
  const patient = usePatientNamed(appointment.patientId);
  const { top, height } = placeOf(stretch, shown);
  const isShort = stretch.to - stretch.from < SHORT;
  const isHeld = appointment.status === 'held';
  const done = appointment.status === 'attended';
  const name = patient === null ? t('week.masked') : (patient?.familyName.toLocaleUpperCase() ?? '…');
  return (
    <UnstyledButton
      data-block
      px={6}
      style={{
        position: 'absolute',
        insetInline: 3,
        top: `${top}%`,
        height: `${height}%`,
        minHeight: 24,
        overflow: 'hidden',
        whiteSpace: isShort ? 'nowrap' : undefined,
        textOverflow: 'ellipsis',
        borderRadius: 6,
        color: done ? 'var(--ariane-done)' : 'var(--ariane-calm)',
        background: done ? 'var(--ariane-done-ground)' : 'var(--ariane-calm-ground)',
        border: `1.5px ${isHeld ? 'dashed' : 'solid'} currentColor`,
      }}
      onClick={() => {
        onOpen(appointment.id);
      }}
    >
      <Text component="span" display={isShort ? undefined : 'block'} size="xs" fw={640} truncate>
        {done ? '✓ ' : ''}
        {clock(stretch.from)} {name}{' '}
      </Text>
      <Text component="span" display={isShort ? undefined : 'block'} size="xs" truncate>
        {words.visitKind(appointment.visitKind)}
      </Text>
      <VisuallyHidden>{t(`status.${appointment.status}`)}</VisuallyHidden>
    </UnstyledButton>
  );
}

/** Up and down within a day, left and right to the nearest day that has something. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-block]') : null;
  if (step === undefined || from === null) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-block]')];
  const dayOf = (block: HTMLElement): string => block.closest<HTMLElement>('[data-day]')?.dataset['day'] ?? '';
  const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const here = all.indexOf(from);
  const ahead = step === 1 ? all.slice(here + 1) : all.slice(0, here).reverse();
  const to = ahead.find((block) => (dayOf(block) === dayOf(from)) !== isSideways);
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}
