import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { seal, unseal } from './seal';

/** Where keys live. One key per patient, and one per territory for facts about nobody; destroying a key erases. */
export interface KeyStore {
  /** The key of `patient:<id>` or `territory:<code>`, made at first use. */
  key(territory: string, keyId: string): Promise<KeyObject>;
  /** Destroys a patient's key: what it sealed can never be read again. */
  destroy(territory: string, keyId: string): Promise<void>;
}

/** Keys kept in memory: enough for the patients a service works with at one time. */
const CACHED_KEYS_MAX = 20_000;

/**
 * Keys in files, wrapped by the territory's own key. Several services share the folder: a key is written aside, forced
 * to disk and linked into place, so that whoever comes second reads the first one's key.
 */
export class FileKeyStore implements KeyStore {
  private readonly cache = new Map<string, KeyObject>();

  constructor(private readonly folder: string) {}

  async key(territory: string, keyId: string): Promise<KeyObject> {
    const name = `${territory}/${keyId}`;
    const cached = this.cache.get(name);
    if (cached !== undefined) return cached;
    const wrapping = keyId === WRAPPING ? undefined : await this.key(territory, WRAPPING);
    const file = this.fileOf(territory, keyId);
    const stored = readOrUndefined(file) ?? (await this.create(file, name, wrapping));
    const key = createSecretKey(wrapping === undefined ? stored : unseal(wrapping, stored, name));
    if (this.cache.size >= CACHED_KEYS_MAX) this.cache.clear();
    this.cache.set(name, key);
    return key;
  }

  async destroy(territory: string, keyId: string): Promise<void> {
    await rm(this.fileOf(territory, keyId), { force: true });
    this.cache.delete(`${territory}/${keyId}`);
  }

  private async create(file: string, name: string, wrapping: KeyObject | undefined): Promise<Buffer> {
    const fresh = randomBytes(32);
    const bytes = wrapping === undefined ? fresh : seal(wrapping, fresh, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const aside = `${file}.${randomBytes(6).toString('hex')}`;
    const handle = await open(aside, 'wx', 0o600);
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    try {
      await link(aside, file);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    } finally {
      await rm(aside, { force: true });
    }
    return readFile(file);
  }

  private fileOf(territory: string, keyId: string): string {
    const safe = keyId.replace(/[^A-Za-z0-9-]/g, '_');
    return join(this.folder, territory.replace(/[^A-Za-z0-9-]/g, '_'), safe.slice(-2), `${safe}.key`);
  }
}

const WRAPPING = 'wrapping';

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Some sixty bytes, most often in the page cache: handing them to a thread and back would cost ten times the reading. */
function readOrUndefined(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
