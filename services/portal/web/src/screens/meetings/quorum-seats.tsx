import { useTranslation } from 'react-i18next';

import { useWords } from '../../shell/words';
import { Group, Stack, StatusMark, Text } from '../../ui';
import { type Quorum, type Seat, seatsOf } from './meeting';

const WIDTH = 132;
const HEIGHT = 74;
const SEAT = 9;

/** Half a round table: seats from left to right on its arc. */
const placeOf = (index: number, count: number): readonly [x: number, y: number] => {
  const angle = Math.PI * (count === 1 ? 0.5 : index / (count - 1));
  return [WIDTH / 2 - Math.cos(angle) * (WIDTH / 2 - SEAT - 2), HEIGHT - 14 - Math.sin(angle) * (HEIGHT - SEAT - 18)];
};

export interface QuorumSeatsProps {
  readonly required: readonly string[];
  readonly quorum: Quorum;
}

/** Who stands for which specialty: the round table as a picture, and in words which seat is still empty. */
export function QuorumSeats({ required, quorum }: QuorumSeatsProps) {
  const { t } = useTranslation('meetings');
  const words = useWords();
  const seats = seatsOf(required, quorum);
  const missing = seats.filter(({ isTaken }) => !isTaken).map(({ specialty }) => words.specialty(specialty));
  const taken = seats.filter(({ isTaken }) => isTaken).map(({ specialty }) => words.specialty(specialty));
  return (
    <Group gap="md" align="center">
      <RoundTable seats={seats} />
      <Stack gap={4} aria-live="polite" style={{ flex: '1 1 9rem', minWidth: 0 }}>
        <StatusMark tone={quorum.met ? 'done' : 'late'}>{t(quorum.met ? 'quorum.met' : 'quorum.missing')}</StatusMark>
        {taken.length === 0 ? null : <Text size="sm">{t('quorum.there', { list: taken.join(', ') })}</Text>}
        {missing.length === 0 ? null : (
          <Text size="sm" fw={600}>
            {t('quorum.lacks', { list: missing.join(', ') })}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

function RoundTable({ seats }: { readonly seats: readonly Seat[] }) {
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
      style={{ flexShrink: 0 }}
    >
      <path
        d={`M 30 ${HEIGHT - 12} A ${WIDTH / 2 - 30} ${HEIGHT - 44} 0 0 1 ${WIDTH - 30} ${HEIGHT - 12} Z`}
        fill="var(--ariane-calm-ground)"
        stroke="var(--ariane-line)"
      />
      {seats.map(({ specialty, isTaken }, index) => {
        const [x, y] = placeOf(index, seats.length);
        return (
          <g key={specialty} transform={`translate(${x} ${y})`}>
            <circle
              r={SEAT}
              fill={isTaken ? 'var(--ariane-done)' : 'var(--ariane-paper)'}
              stroke={isTaken ? 'var(--ariane-done)' : 'var(--ariane-late)'}
              strokeWidth="2"
              strokeDasharray={isTaken ? undefined : '3 3'}
            />
            {isTaken ? (
              <path d="M-4 0.5 L-1 3.5 L4.5 -3" fill="none" stroke="var(--ariane-paper)" strokeWidth="2.2" />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
