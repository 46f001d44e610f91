import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import { dayIn, dayText } from '../../formats';
import { PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { useView } from '../../shell/view';
import { daysAfter, mondayOf } from '../../shell/week';
import { useWords } from '../../shell/words';
import { Box, Button, Empty, Group, Loaded, Panel, Stack, StatusMark, Table, Text, VisuallyHidden } from '../../ui';
import { type DutyDay, dutyOf, spansOf, type Turn } from './duty-grid';
import { type Leave, LEAVES, type Roster, ROSTERS } from './team-types';

const WEEK = 7;

/** The week of the duty rosters: who answers for which role, who stands in, and where nobody does. */
export function DutyWeek() {
  const { t } = useTranslation('team');
  const place = usePlace();
  const [view, change] = useView();
  const rosters = useRead<Page<Roster>>(ROSTERS);
  const leaves = useRead<Page<Leave>>(LEAVES);
  const day = view['day'] ?? dayIn(place.now, place.timeZone);
  const days = Array.from({ length: WEEK }, (_, index) => daysAfter(mondayOf(day), index));
  const go = (count: number) => (): void => {
    change({ day: daysAfter(day, count * WEEK) });
  };
  useShortcuts([
    { keys: 'n', label: t('duty.next'), run: go(1) },
    { keys: 'p', label: t('duty.former'), run: go(-1) },
  ]);
  return (
    <Panel
      title={t('duty.title', {
        from: dayText(days[0] ?? day, place.now, place),
        to: dayText(days.at(-1) ?? day, place.now, place),
      })}
      actions={
        <Group gap="xs" className="no-print">
          <Button variant="default" size="compact-md" onClick={go(-1)}>
            <span aria-hidden>‹</span>
            <VisuallyHidden>{t('duty.former')}</VisuallyHidden>
          </Button>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              change({ day: undefined });
            }}
          >
            {t('duty.today')}
          </Button>
          <Button variant="default" size="compact-md" onClick={go(1)}>
            <span aria-hidden>›</span>
            <VisuallyHidden>{t('duty.next')}</VisuallyHidden>
          </Button>
        </Group>
      }
    >
      <Loaded read={rosters}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('duty.none')}>{t('duty.noneText')}</Empty>
          ) : (
            <DutyTable rows={dutyOf(items, leaves.data?.items ?? [], days)} days={days} />
          )
        }
      </Loaded>
    </Panel>
  );
}

interface DutyTableProps {
  readonly rows: ReturnType<typeof dutyOf>;
  readonly days: readonly string[];
}

function DutyTable({ rows, days }: DutyTableProps) {
  const { t } = useTranslation('team');
  const words = useWords();
  const place = usePlace();
  const today = dayIn(place.now, place.timeZone);
  return (
    <Box style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('duty.table')}>
      <Table verticalSpacing={6} withColumnBorders>
        <caption className="visually-hidden">{t('duty.table')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('duty.role')}</Table.Th>
            {days.map((day) => (
              <Table.Th
                key={day}
                scope="col"
                fw={day === today ? 700 : 500}
                bg={day === today ? 'var(--ariane-calm-ground)' : undefined}
              >
                {dayText(day, place.now, place)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changedFirst(rows).map(({ role, days: ofRole }) => (
            <Table.Tr key={role}>
              <Table.Th scope="row" fw={600}>
                {words.teamRole(role)}
              </Table.Th>
              {spansOf(ofRole).map(({ first, days: count }) => (
                <Table.Td key={first.day} colSpan={count}>
                  <DutyCell one={first} isWide={count > 1} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** Roles with somebody away come first: they are what one looks for. */
const changedFirst = (rows: DutyTableProps['rows']): DutyTableProps['rows'] => {
  const isChanged = ({ days }: DutyTableProps['rows'][number]): boolean =>
    days.some(({ turns }) => turns.some(({ away }) => away !== undefined));
  return [...rows.filter(isChanged), ...rows.filter((row) => !isChanged(row))];
};

function DutyCell({ one, isWide }: { readonly one: DutyDay; readonly isWide: boolean }) {
  const { t } = useTranslation('team');
  if (one.turns.length === 0) return <Text size="xs">–</Text>;
  const Side = isWide ? Group : Stack;
  return (
    <Side
      gap={isWide ? 'lg' : 2}
      px={8}
      py={3}
      bg={one.isUncovered ? undefined : 'var(--ariane-calm-ground)'}
      style={{ borderRadius: 'var(--mantine-radius-sm)' }}
    >
      {one.isUncovered ? <StatusMark tone="urgent">{t('duty.uncovered')}</StatusMark> : null}
      {one.turns.map((turn) => (
        <TurnLine key={turn.practitionerId} turn={turn} />
      ))}
    </Side>
  );
}

/** Round the clock is the usual and is not written. */
const ROUND_THE_CLOCK = '00:00–24:00';

function TurnLine({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation('team');
  const hours = turn.hours.filter((one) => one !== ROUND_THE_CLOCK).join(', ');
  return (
    <div>
      <Text size="xs" td={turn.away === undefined ? undefined : 'line-through'}>
        <PersonName id={turn.practitionerId} />
      </Text>
      {hours === '' ? null : (
        <Text size="xs" c="dimmed" className="numbers">
          {hours}
        </Text>
      )}
      {turn.away === undefined ? null : (
        <Text size="xs" fw={600}>
          {turn.away.deputyId === undefined ? t('duty.away') : <PersonName id={turn.away.deputyId} />}
        </Text>
      )}
    </div>
  );
}
