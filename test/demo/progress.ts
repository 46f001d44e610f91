import { renameSync, writeFileSync } from 'node:fs';

/** How far the load is, as others read it while it goes on. */
export interface Progress {
  /** `opening` until the first people are there, then `loading`, at last `loaded`. */
  readonly state: 'opening' | 'loading' | 'loaded';
  readonly done: number;
  readonly total: number;
  /** Machine time until the last is there, at the pace so far; null while nobody can say. */
  readonly etaSeconds: number | null;
}

const BAR = 30;

/** Machine time from which the pace is taken, so that what comes before the first person is not counted. */
export function progressOf(state: Progress['state'], done: number, total: number, elapsedMs: number): Progress {
  const etaSeconds = done === 0 ? null : Math.round(((elapsedMs / done) * (total - done)) / 1000);
  return { state, done, total, etaSeconds };
}

/** `[#####.....] 20/240 pathways, about 2 min 5 s to go`. */
export function barOf({ done, total, etaSeconds }: Progress): string {
  const full = total === 0 ? BAR : Math.floor((done / total) * BAR);
  const minutes = etaSeconds === null ? 0 : Math.floor(etaSeconds / 60);
  const left =
    etaSeconds === null || done === total
      ? ''
      : `, about ${minutes === 0 ? '' : `${minutes} min `}${etaSeconds - minutes * 60} s to go`;
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${done}/${total} pathways${left}`;
}

/** Writes it whole or not at all: whoever reads it never sees half a file. */
export function writeProgress(file: string, progress: Progress): void {
  writeFileSync(`${file}.new`, JSON.stringify(progress));
  renameSync(`${file}.new`, file);
}
