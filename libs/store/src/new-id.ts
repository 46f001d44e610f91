import { uuidv7 } from '@ariane/kernel';
import { randomBytes } from 'node:crypto';

/** A fresh id in the order of machine time; ids made in one millisecond keep the order in which they were made. */
export function newId(): string {
  const now = Date.now();
  within = now === latest ? within + 1 : 0;
  latest = Math.max(latest, now);
  const random = randomBytes(10);
  random.writeUInt16BE((within & 0x0fff) % 0x1000, 0);
  return uuidv7(latest, random);
}

let latest = 0;
let within = 0;
