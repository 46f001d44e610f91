/** A typed, flat fact: something that became true in the world, whoever or whatever recorded it. */
export interface Fact {
  /** Unique; the same fact heard twice has the same id and counts once. */
  readonly id: string;
  /** A code of the dictionary: `biopsy.result`. */
  readonly code: string;
  /** When it became true in the world: an instant, UTC. */
  readonly at: string;
  readonly value?: FactValue;
  /** UCUM; a number in another unit than the dictionary's is unknown, never converted here. */
  readonly unit?: string;
  /** The step it belongs to: `meeting-1`, `chemo-cycle#3`. Absent for what is true of the patient at large. */
  readonly stepKey?: string;
  /** Who recorded it. */
  readonly by?: string;
  /** The order in which the pathway folded it; tells the later of two states recorded for one instant. */
  readonly seq?: number;
}

export type FactValue = string | number | boolean;

/** What a code means: its type, unit and allowed values. A value outside of it is treated as unknown. */
export type FactDefinition = FactType & {
  readonly description: string;
  /**
   * Two different values for one instant: `unknown` (a contradiction is never chosen from) or `last-recorded` (the
   * code is a state that is recomputed, so the later recording replaces the earlier).
   */
  readonly tie: 'unknown' | 'last-recorded';
};

export type FactType =
  | { readonly type: 'event' }
  | { readonly type: 'boolean' }
  | { readonly type: 'number'; readonly unit?: string }
  | { readonly type: 'code'; readonly values?: readonly string[] };

export type FactDictionary = Readonly<Record<string, FactDefinition>>;
