/** The kinds of fault, as a reader looks them up. */
export type FaultKind =
  | 'schema'
  | 'name'
  | 'type'
  | 'unit'
  | 'condition'
  | 'role'
  | 'window'
  | 'cycle'
  | 'unreachable'
  | 'endless'
  | 'no-way-out'
  | 'exclusion'
  | 'sub-protocol'
  | 'variant'
  | 'disclosure'
  | 'example';

/** Something wrong in a protocol document, where, and what to do about it. */
export interface Fault {
  readonly kind: FaultKind;
  /** JSON pointer: `/steps/3/when`. */
  readonly pointer: string;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly remedy: string;
  /** Line of the text, from 1, when the document came as text. */
  readonly line?: number;
}

export type Path = readonly (string | number)[];

export const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const fault = (kind: FaultKind, path: Path, message: string, remedy: string): Fault => ({
  kind,
  pointer: pointerOf(path),
  message,
  remedy,
});

/** The known name that a misspelt one most resembles, if any does. */
function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  const tail = name.split('.').at(-1) ?? name;
  for (const candidate of known) {
    const ends = tail.length > 2 && candidate.endsWith(tail) ? 1 : Infinity;
    const distance = Math.min(ends, editDistance(name, candidate));
    if (distance <= Math.max(1, name.length / 3) && (!best || distance < best.distance))
      best = { name: candidate, distance };
  }
  return best?.name;
}

/** How many letters must be added, dropped or changed to go from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at += 1) {
    const above = row;
    row = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const change = (above[other - 1] ?? 0) + (from[at - 1] === to[other - 1] ? 0 : 1);
      row.push(Math.min(change, (above[other] ?? 0) + 1, (row[other - 1] ?? 0) + 1));
    }
  }
  return row[to.length] ?? 0;
}

/** A remedy for a name that is not known: the one that was meant, or those there are. */
export function meant(name: string, known: readonly string[], otherwise: string): string {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `Write "${found}", if that is what is meant; ${lowered(otherwise)}`;
}

const lowered = (sentence: string): string => `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
