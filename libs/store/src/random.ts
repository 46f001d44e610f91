import { randomFillSync } from 'node:crypto';

/** One call to the system's generator serves hundreds of ids and nonces; asked one by one they were a tenth of a command. */
const pool = Buffer.alloc(8_192);
let given = pool.length;

/** Fresh random bytes of the system's generator; each is given once. */
export function random(length: number): Buffer {
  if (given + length > pool.length) {
    randomFillSync(pool);
    given = 0;
  }
  given += length;
  return Buffer.from(pool.subarray(given - length, given)); // a copy: the pool is filled again
}
