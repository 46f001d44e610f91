import { canonicalJson, DomainError } from '@ariane/kernel';
import type { ClientSession, mongo } from 'mongoose';
import type { AnyAggregate } from './aggregate';

import type { KeyStore } from './key-store';
import { seal, unseal } from './seal';

export interface Loaded {
  readonly type: AnyAggregate;
  readonly id: string;
  readonly state: Record<string, unknown> | undefined;
  /** 0 before the first event. */
  readonly version: number;
}

/** An aggregate as MongoDB holds it: clear fields beside the sealed ones. */
export interface StoredDocument {
  readonly _id: string;
  readonly territory: string;
  readonly version: number;
  readonly sealed?: { buffer: Uint8Array };
  readonly sealedWith?: string;
  readonly [field: string]: unknown;
}

const bookkeeping = new Set(['_id', 'territory', 'version', 'sealed', 'sealedWith', '__v']);

/** The key that seals what concerns this state: its patient's, or the territory's. */
export function keyIdOf(type: AnyAggregate, state: Record<string, unknown>, territory: string): string {
  const patientId = type.patient?.(state);
  return patientId === undefined ? `territory:${territory}` : `patient:${patientId}`;
}

/** The state in a stored document, its sealed fields opened. */
export async function openState(
  keys: KeyStore,
  type: AnyAggregate,
  document: StoredDocument,
): Promise<Record<string, unknown>> {
  const clear = Object.fromEntries(Object.entries(document).filter(([field]) => !bookkeeping.has(field)));
  if (document.sealed === undefined || document.sealedWith === undefined) return clear;
  const key = await keys.key(document.territory, document.sealedWith);
  const plain = unseal(key, Buffer.from(document.sealed.buffer), `${type.name}/${document._id}`);
  return { ...clear, ...(JSON.parse(plain.toString()) as Record<string, unknown>) }; // written by `toDocument` below
}

/** The document that stores a state: sealed fields in one ciphertext bound to the aggregate. */
export async function toDocument(
  keys: KeyStore,
  territory: string,
  loaded: Loaded & { readonly state: Record<string, unknown> },
): Promise<StoredDocument> {
  const { type, id, state, version } = loaded;
  const secret = type.sealed ?? [];
  if (secret.length === 0) return { ...state, _id: id, territory, version };
  const clear = Object.fromEntries(Object.entries(state).filter(([field]) => !secret.includes(field)));
  const hidden = Object.fromEntries(
    secret.filter((field) => state[field] !== undefined).map((field) => [field, state[field]]),
  );
  const sealedWith = keyIdOf(type, state, territory);
  const key = await keys.key(territory, sealedWith);
  const sealed = seal(key, Buffer.from(canonicalJson(hidden)), `${type.name}/${id}`);
  return { ...clear, _id: id, territory, version, sealed: sealed as unknown as { buffer: Uint8Array }, sealedWith }; // the driver stores a Buffer as Binary
}

/** The aggregates one transaction works with, read in its snapshot; changed ones are replaced as units are accepted. */
export class States {
  private readonly loaded = new Map<string, Loaded>();
  private readonly stored = new Map<string, number>();
  private readonly dirty = new Set<string>();

  constructor(
    private readonly db: mongo.Db,
    private readonly keys: KeyStore,
    private readonly session: ClientSession,
  ) {}

  /** Reads in one query per collection what the batch is known to need. */
  async preload(wanted: readonly { type: AnyAggregate; id: string; territory: string }[]): Promise<void> {
    const byType = Map.groupBy(wanted, (one) => one.type);
    for (const [type, ones] of byType) {
      const ids = [...new Set(ones.map((one) => one.id))];
      const territories = new Map(ones.map((one) => [one.id, one.territory]));
      const documents = await this.db
        .collection<StoredDocument>(type.collection)
        .find({ _id: { $in: ids } }, { session: this.session })
        .toArray();
      const found = new Map(documents.map((document) => [document._id, document]));
      for (const id of ids) {
        await this.remember(type, id, territories.get(id) ?? '', found.get(id));
      }
    }
  }

  async get(type: AnyAggregate, id: string, territory: string): Promise<Loaded> {
    const name = `${type.name}/${id}`;
    if (!this.loaded.has(name)) await this.preload([{ type, id, territory }]);
    const loaded = this.loaded.get(name);
    if (loaded === undefined) throw new DomainError('NOT_FOUND');
    return loaded;
  }

  /** Takes over what an accepted unit changed. */
  accept(changed: Iterable<Loaded>): void {
    for (const one of changed) {
      const name = `${one.type.name}/${one.id}`;
      this.loaded.set(name, one);
      this.dirty.add(name);
    }
  }

  /** Every aggregate the batch changed, with the version MongoDB holds: 0 for a new one. */
  changes(): { readonly loaded: Loaded; readonly storedVersion: number }[] {
    return [...this.dirty].flatMap((name) => {
      const loaded = this.loaded.get(name);
      return loaded === undefined ? [] : [{ loaded, storedVersion: this.stored.get(name) ?? 0 }];
    });
  }

  private set(read: Loaded): void {
    const name = `${read.type.name}/${read.id}`;
    this.loaded.set(name, read);
    this.stored.set(name, read.version);
  }

  private async remember(type: AnyAggregate, id: string, territory: string, document?: StoredDocument): Promise<void> {
    if (document === undefined) {
      this.set({ type, id, state: undefined, version: 0 });
    } else if (document.territory === territory) {
      this.set({ type, id, state: await openState(this.keys, type, document), version: document.version });
    }
    // Another territory's aggregate stays unknown: `get` answers NOT_FOUND, as for one that does not exist.
  }
}
