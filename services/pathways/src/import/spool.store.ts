import { DomainError } from '@ariane/kernel';
import type { KeyStore } from '@ariane/store';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const IV_BYTES = 16;
const READ_BYTES = 64 * 1024;

/** A received file, whole on the disk. */
export interface Spooled {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Received files, encrypted with a key of the territory, under a folder of the service. They hold what others wrote of
 * patients, so they are removed when their job ends.
 */
export class Spool {
  constructor(
    private readonly folder: string,
    private readonly keys: KeyStore,
    private readonly bytesMax: number,
  ) {}

  /**
   * Writes what arrives to the disk as it arrives; the file has its name only when it is complete.
   *
   * @throws DomainError INVALID_INPUT when the stream is larger than allowed
   */
  async receive(name: string, territory: string, body: Readable): Promise<Spooled> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const aside = `${this.fileOf(name)}.${randomBytes(6).toString('hex')}`;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-ctr', await this.keyFor(territory, iv), iv);
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > this.bytesMax) done(new DomainError('INVALID_INPUT', {}, 'body'));
        else done(null, chunk);
      },
    });
    const file = createWriteStream(aside, { mode: 0o600, flush: true });
    file.write(iv);
    try {
      await pipeline(body, measure, cipher, file);
      await rename(aside, this.fileOf(name));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** The file's bytes, decrypted, a chunk at a time. */
  async *read(name: string, territory: string): AsyncGenerator<Buffer> {
    const file = await open(this.fileOf(name), 'r');
    try {
      const iv = Buffer.alloc(IV_BYTES);
      await file.read(iv, 0, IV_BYTES, null);
      const decipher = createDecipheriv('aes-256-ctr', await this.keyFor(territory, iv), iv);
      const buffer = Buffer.alloc(READ_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
        if (bytesRead === 0) return;
        yield decipher.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.fileOf(name), { force: true });
  }

  private async keyFor(territory: string, iv: Buffer): Promise<Buffer> {
    const key = await this.keys.key(territory, `territory:${territory}`);
    return Buffer.from(hkdfSync('sha256', key.export(), iv, 'ariane-import-spool', 32));
  }

  private readonly fileOf = (name: string): string => join(this.folder, `${name}.import`);
}
