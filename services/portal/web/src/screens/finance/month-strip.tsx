import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { dateFormat, monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Box, Empty, Loaded, Text } from '../../ui';
import { sizeOf } from './amounts';
import { useMoneyText } from './money';
import type { FinancePlace } from './place';
import type { MonthRow } from './types';

const HEIGHT = 96;
const SHOWN_MAX = 12;

/** The last months of a book as a picture that one walks through: what was expected, what of it came in. */
export function MonthStrip({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const read = useRead<{ readonly items: readonly MonthRow[] }>(`${place.path}/months`);
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('overview.noMonths')}>{t('overview.noMonthsText')}</Empty>
        ) : (
          <Box
            component="ul"
            m={0}
            p={2}
            style={{ display: 'flex', gap: 6, listStyle: 'none', overflowX: 'auto', position: 'relative' }}
          >
            {items.slice(-SHOWN_MAX).map((row) => (
              <MonthBar key={row.month} row={row} place={place} max={Math.max(1, ...items.map(sizeOfExpected))} />
            ))}
          </Box>
        )
      }
    </Loaded>
  );
}

const sizeOfExpected = ({ expected }: MonthRow): number => Math.abs(sizeOf(expected));

interface MonthBarProps {
  readonly row: MonthRow;
  readonly place: FinancePlace;
  readonly max: number;
}

function MonthBar({ row, place, max }: MonthBarProps) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const money = useMoneyText();
  const height = (sizeOfExpected(row) / max) * HEIGHT;
  const received = (Math.abs(sizeOf(row.received)) / max) * HEIGHT;
  const isShown = row.month === place.month;
  const short = dateFormat(language, { month: 'short', timeZone: 'UTC' });
  const label = t('overview.monthBar', {
    month: monthText(row.month, language),
    expected: money(row.expected),
    received: money(row.received),
    state: t(`period.${row.state}`),
  });
  return (
    <li style={{ flex: '1 0 2.4rem', maxWidth: '5rem' }}>
      <Link
        to="/finance/$book"
        params={{ book: place.book }}
        search={{ month: row.month }}
        aria-current={isShown ? 'true' : undefined}
        title={label}
        style={{ display: 'block', position: 'relative', textDecoration: 'none', color: 'inherit' }}
      >
        <svg
          width="100%"
          height={HEIGHT + 2}
          preserveAspectRatio="none"
          viewBox={`0 0 40 ${String(HEIGHT + 2)}`}
          aria-hidden
        >
          <rect
            x="2"
            y={HEIGHT - height}
            width="36"
            height={height + 2}
            rx="3"
            fill="var(--ariane-calm-ground)"
            stroke="var(--ariane-calm)"
            strokeWidth={isShown ? 2.5 : 1}
            vectorEffect="non-scaling-stroke"
          />
          <rect
            x="2"
            y={HEIGHT - received}
            width="36"
            height={received === 0 ? 0 : received + 2}
            rx="3"
            fill="var(--ariane-calm)"
          />
        </svg>
        <Text component="span" display="block" ta="center" size="xs" fw={isShown ? 700 : 400}>
          {short.format(new Date(`${row.month}-15T12:00:00Z`))}
        </Text>
        <span className="visually-hidden">{label}</span>
        <Text component="span" display="block" ta="center" size="xs" c="dimmed">
          {row.state === 'CLOSED' ? '✓' : row.state === 'CLOSING' ? '…' : '·'} {row.month.slice(2, 4)}
        </Text>
      </Link>
    </li>
  );
}
