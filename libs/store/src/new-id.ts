import { uuidv7 } from '@ariane/kernel';
import { random } from './random';

/** A fresh id in the order of machine time; ids made in one millisecond keep the order in which they were made. */
export function newId(): string {
  const now = Date.now();
  // A clock that was set back does not turn the order round.
  within = now > latest ? 0 : within + 1;
  latest = Math.max(latest, now);
  const bytes = random(10);
  bytes.writeUInt16BE(within % 0x1000, 0);
  return uuidv7(latest, bytes);
}

let latest = 0;
let within = 0;
