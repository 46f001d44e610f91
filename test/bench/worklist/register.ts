import { createHmac } from 'node:crypto';
import { uuidv5, localIdentifier, localSystem } from '@ariane/kernel';

/** The same chance for the same seed, in [0, 1). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMESPACE = '01890a5d-ac96-7000-8000-00000000beef';
/** The id of the n-th thing of a kind: the same in every run. */
export const idOf = (kind: string, index: number): string => uuidv5(NAMESPACE, `${kind}/${index}`);

const beginnings = ['BAR', 'CAL', 'DUR', 'FÉR', 'GAN', 'LEM', 'MAR', 'NOË', 'POR', 'RIV', 'SAL', 'TES', 'VAL', 'ZEL'];
const middles = ['an', 'au', 'el', 'é', 'i', 'o', 'ou', 'y', 'ain', 'eur'];
const ends = ['bert', 'canal', 'dot', 'fort', 'gny', 'lac', 'met', 'nard', 'pré', 'quin', 'rel', 'tier', 'vert', 'zac'];
const givenNames = [
  'Anne-Lise',
  'Zoé',
  'Élodie',
  'Marie-Ève',
  'Paul',
  'Loïc',
  'Inès',
  'Noël',
  'Hugo',
  'Léa',
  'Aïda',
  'Jean',
];

export interface Person {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
  readonly identifier: { readonly system: string; readonly value: string };
}

/** The n-th invented person: some two thousand family names, one in six of them double. */
export function personAt(index: number): Person {
  const chance = chanceFrom(index + 1);
  const of = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T; // none is empty
  const name = () => `${of(beginnings)}${of(middles)}${of(ends)}`.toUpperCase();
  const familyName = chance() < 1 / 6 ? `${name()}-${name()}` : name();
  const day = new Date(Date.UTC(1925, 0, 1) + Math.floor(chance() * 28_000) * 86_400_000).toISOString().slice(0, 10);
  return {
    id: idOf('patient', index),
    familyName,
    givenNames: [of(givenNames), of(givenNames)],
    birthDate: day,
    sex: chance() < 0.6 ? 'female' : 'male',
    identifier: { system: localSystem, value: localIdentifier(10_000 + index) },
  };
}

/** As the service makes it: useless without the territory's key. */
export const blindHash = (key: Parameters<typeof createHmac>[1], { system, value }: Person['identifier']): string =>
  createHmac('sha256', key).update(`${system}|${value}`).digest('base64url');
