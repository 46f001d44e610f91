import { uuidv7 } from '@ariane/kernel';
import { random } from './random';

/**
 * A fresh id in the order of machine time; ids made in one millisecond keep the order in which they were made.
 *
 * @param after milliseconds since 1970 that the id must come after, whatever this machine's clock says: how the ids of
 *   one subject keep its order although two processes make them
 */
export function newId(after = 0): string {
  const now = Math.max(Date.now(), after + 1);
  // A clock that was set back does not turn the order round, nor does a millisecond that is full.
  within += 1;
  if (now > latest || within === IN_A_MILLISECOND) {
    latest = Math.max(latest + 1, now);
    within = 0;
  }
  const bytes = random(10);
  bytes.writeUInt16BE(within, 0);
  return uuidv7(latest, bytes);
}

/** The milliseconds since 1970 that an id of `newId` begins with. */
export const millisecondsOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** What twelve bits count: the id's own place for a counter. */
const IN_A_MILLISECOND = 0x1000;

let latest = 0;
let within = 0;
