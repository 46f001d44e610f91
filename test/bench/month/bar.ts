import { setTimeout as pause } from 'node:timers/promises';

export interface Told {
  readonly step: string;
  readonly done: number;
  readonly of: number;
  readonly perSecond: number;
  readonly secondsLeft: number | null;
}

const WIDTH = 24;
/** Where nobody looks at a terminal, a line now and then is enough. */
const QUIET_MS = 10_000;
const LOOK_MS = 500;

function barOf({ step, done, of, perSecond, secondsLeft }: Told): string {
  const full = of === 0 ? 0 : Math.round((done * WIDTH) / of);
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  return `  ${bar} ${done} of ${of} members, ${perSecond} a second${left}${step === 'POSTING' ? ', posting' : ''}`;
}

/** Shows how far a run is until it ends. */
export async function watched<T>(run: Promise<T>, look: () => Promise<Told | null>): Promise<T> {
  const isTerminal = process.stdout.isTTY;
  let shown = 0;
  for (;;) {
    const ended = await Promise.race([run.then((value) => ({ value })), pause(LOOK_MS)]);
    if (ended !== undefined) {
      if (isTerminal) process.stdout.write('\n');
      return ended.value;
    }
    const told = await look();
    if (told === null) continue;
    if (isTerminal) process.stdout.write(`${barOf(told)}   \r`);
    else if (performance.now() - shown > QUIET_MS) {
      shown = performance.now();
      console.log(barOf(told));
    }
  }
}
