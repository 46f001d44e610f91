import { rename, writeFile } from 'node:fs/promises';

/** Writes a file beside its place and puts it there whole: whoever reads it at any moment reads all of the one or the other. */
export async function putFile(file: string, text: string): Promise<void> {
  const beside = `${file}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
}
