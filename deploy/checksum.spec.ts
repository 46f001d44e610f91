import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isVerified, stampVerified, verifyFiles } from './checksum.ts';

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

describe('a downloaded file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ariane-checksum-'));
  const file = join(folder, 'server.jar');
  beforeEach(() => {
    writeFileSync(file, 'hello');
  });

  it('is accepted with the checksum of the repository', async () => {
    await expect(verifyFiles([file], { 'server.jar': HELLO })).resolves.toBeUndefined();
  });

  it('is refused when one byte differs', async () => {
    writeFileSync(file, 'hellp');
    await expect(verifyFiles([file], { 'server.jar': HELLO })).rejects.toThrow(
      /server\.jar does not have the checksum/,
    );
  });

  it('is refused when the repository does not know it', async () => {
    await expect(verifyFiles([file], {})).rejects.toThrow(/does not know it/);
  });

  it('is downloaded again when its folder was touched after it was verified', async () => {
    expect(await isVerified(folder)).toBe(false);
    await stampVerified(folder);
    expect(await isVerified(folder)).toBe(true);
    writeFileSync(file, 'hello, longer');
    expect(await isVerified(folder)).toBe(false);
  });
});
