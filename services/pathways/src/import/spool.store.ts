import { DomainError } from '@ariane/kernel';
import type { KeyStore } from '@ariane/store';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

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
   * @throws DomainError PAYLOAD_TOO_LARGE when the stream is larger than allowed
   */
  async receive(name: string, territory: string, body: Readable): Promise<Spooled> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const aside = `${this.fileOf(name)}.${randomBytes(6).toString('hex')}`;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-ctr', await this.keyFor(territory, iv), iv);
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.write(iv);
      for await (const chunk of body as AsyncIterable<Buffer>) {
        // no encoding was set, so chunks are bytes
        bytes += chunk.length;
        if (bytes > this.bytesMax) throw new DomainError('PAYLOAD_TOO_LARGE');
        hash.update(chunk);
        const sealed = cipher.update(chunk);
        await file.appendFile(sealed);
        release(sealed);
      }
      await file.sync();
      await rename(aside, this.fileOf(name));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** The file's bytes, decrypted, a chunk at a time; a chunk may not be kept once the next one is asked for. */
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
        const chunk = decipher.update(buffer.subarray(0, bytesRead));
        yield chunk;
        release(chunk);
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

/**
 * Gives the memory of a chunk back at once. The collector counts such memory late, and a large file would leave tens of
 * megabytes of dead chunks behind where a small one leaves none.
 */
function release(chunk: Buffer): void {
  if (chunk.length === chunk.buffer.byteLength && chunk.buffer instanceof ArrayBuffer) chunk.buffer.transfer(0);
}
