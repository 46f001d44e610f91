import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StackError } from './stack-error.ts';

const STAMP = '.verified.json';

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Compares every file with the checksum written in the repository under its name.
 * @throws StackError naming the first file that differs or that the repository does not know.
 */
export async function verifyFiles(files: readonly string[], expected: Readonly<Record<string, string>>): Promise<void> {
  for (const file of files) {
    const wanted = expected[basename(file)];
    if (wanted === undefined) {
      throw new StackError(
        `${basename(file)} was downloaded but deploy/checksums.json does not know it: this platform is not supported yet.`,
      );
    }
    if ((await sha256OfFile(file)) !== wanted) {
      throw new StackError(
        `${basename(file)} does not have the checksum written in deploy/checksums.json: the download is damaged or was changed; start again, and if it stays so, do not use it.`,
      );
    }
  }
}

/** Size and time of change of each file: enough to see that a verified folder was touched, without reading 200 MB. */
async function fingerprint(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const lines = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return [name, size, Math.floor(mtimeMs)] as const;
    }),
  );
  return JSON.stringify(lines);
}

/** Remembers that the files of `folder` were verified as they are now. */
export async function stampVerified(folder: string): Promise<void> {
  await writeFile(join(folder, STAMP), await fingerprint(folder));
}

/** Whether `folder` was verified and has not been touched since. */
export async function isVerified(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, STAMP), 'utf8')) === (await fingerprint(folder));
  } catch {
    return false;
  }
}
