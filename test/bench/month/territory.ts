import { Readable } from 'node:stream';
import { chanceFrom } from '../worklist/register.ts';

/** A territory's month: so many members, acts and practitioners, the same at every run. */
export interface Size {
  readonly members: number;
  readonly acts: number;
  readonly practitioners: number;
}

export const MONTH = '2026-06';
/** After the month and before anything else: when it is computed and closed. */
export const NOW = '2026-07-02T08:00:00.000Z';
export const LATER = '2026-07-03T08:00:00.000Z';
/** Of a hundred acts, those that are corrected afterwards. */
export const CORRECTED_PERCENT = 5;

const lines = (all: Iterable<string>): Readable => Readable.from(chunked(all));

/** Some hundred lines at once, as a file is read. */
function* chunked(all: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const line of all) {
    chunk.push(line);
    if (chunk.length < 500) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  yield `${chunk.join('\n')}\n`;
}

const dayOf = (index: number): string => `${MONTH}-${String((index % 30) + 1).padStart(2, '0')}`;

/** The roster as a file: risk scores from 0.2 to 4.2, one of fifty joins in the month, one of a hundred leaves in it. */
export function rosterFile({ members }: Size): Readable {
  const chance = chanceFrom(20_261_128);
  const row = (index: number): string => {
    const from = index % 50 === 7 ? dayOf(index) : '2026-01-01';
    const to = index % 100 === 42 ? dayOf(index + 1) : '';
    return `M${index};${from};${to};${(0.2 + chance() * 4).toFixed(3)};v1`;
  };
  return lines(['member;from;to;score;version', ...Array.from({ length: members }, (_, index) => row(index))]);
}

const kinds = ['consultation', 'consultation', 'consultation', 'opinion', 'meeting', 'coordination'] as const;

/** An act as a row: its practitioner is drawn by its number, and another one when it is corrected. */
function actRow(index: number, practitioners: number, isCorrected: boolean): string {
  const who = (Math.imul(index, 2_654_435_761) >>> 8) % practitioners;
  const practitioner = isCorrected ? (who + 1) % practitioners : who;
  const kind = kinds[index % kinds.length] ?? 'consultation';
  return `act-${index};${kind};${dayOf(Math.floor(index / 7))};p${practitioner};${index % 10 === 0 ? '0.5' : ''}`;
}

function* actRows({ acts, practitioners }: Size, isCorrected: boolean): Generator<string> {
  yield 'act;kind;day;practitioner;weight';
  const every = isCorrected ? 100 / CORRECTED_PERCENT : 1;
  for (let index = 0; index < acts; index += every) yield actRow(index, practitioners, isCorrected);
}

export const actsFile = (size: Size): Readable => lines(actRows(size, false));
export const correctionsFile = (size: Size): Readable => lines(actRows(size, true));

/** Capitation by risk, of which the team shares 90 % by the points of its acts; nothing of it is anybody's tariff. */
export const contractNamed = (contract: string): object => ({
  language: 1,
  contract,
  version: 1,
  title: 'Capitation shared by the acts of the month (illustrative)',
  currency: 'EUR',
  timezone: 'Europe/Paris',
  validity: { from: '2026-01-01', to: null },
  parties: { payer: 'org:payer-75', holder: 'org:territory' },
  rounding: { mode: 'HALF_UP', allocation: 'LARGEST_REMAINDER', tieBreak: 'ID' },
  illustrative: true,
  params: { rate: '42.50 EUR', normalisation: '1.045', least: '0.500', most: '3.000' },
  tables: {
    points: [
      { kind: 'consultation', points: '10', from: '2026-01-01', to: null },
      { kind: 'opinion', points: '15', from: '2026-01-01', to: null },
      { kind: 'meeting', points: '8', from: '2026-01-01', to: null },
      { kind: 'coordination', points: '5', from: '2026-01-01', to: null },
    ],
  },
  components: [
    {
      ...{ id: 'cap', kind: 'pmpm', members: 'members', rate: 'rate', proration: 'DAYS' },
      risk: 'clamp(round(raw / normalisation, 3), least, most)',
      split: [
        { to: 'pool', share: '90%' },
        { to: 'retained', share: '10%' },
      ],
    },
    { id: 'held', kind: 'withhold', of: 'cap', share: '2%' },
    { id: 'share', kind: 'redistribute', from: 'cap.pool', among: 'participants.month', weight: 'points' },
  ],
  examples: [
    {
      name: 'one member, one practitioner',
      given: {
        daysInPeriod: '30',
        members: [{ id: 'a', days: '30', raw: '1.045' }],
        participants: { month: [{ id: 'prac:p0', points: '10' }] },
      },
      expect: { cap: '42.50 EUR', share: { 'prac:p0': '38.25 EUR' } },
    },
  ],
});
