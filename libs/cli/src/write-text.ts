import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BadInput } from './failure';

/** Writes a file that the user named. Throws BadInput with the reason when the system does not let it. */
export function writeText(folder: string, file: string, text: string): void {
  try {
    writeFileSync(resolve(folder, file), text);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException; // as: what the file system throws
    throw new BadInput(`${file} cannot be written: ${code}.`);
  }
}
