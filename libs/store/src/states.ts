import { canonicalJson, DomainError, invariant } from '@ariane/kernel';
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

/** An aggregate as a batch holds it. */
interface Held {
  readonly loaded: Loaded;
  /** The version that MongoDB has when the batch is written: 0 for a new one. */
  readonly storedVersion: number;
  /** Whose it is; undefined as long as it does not exist. */
  readonly territory: string | undefined;
}

/** An aggregate that a batch changed. */
export interface Changed extends Held {
  readonly loaded: Loaded & { readonly state: Record<string, unknown> };
  readonly territory: string;
}

const nameOf = (type: AnyAggregate, id: string): string => `${type.name}/${id}`;

/**
 * The aggregates that a batch works with: as its session shows them, over that as the batch before will have left them;
 * changed ones are replaced as units are accepted.
 */
export class States {
  private readonly held = new Map<string, Held>();
  private readonly changed = new Map<string, Changed>();

  constructor(
    private readonly db: mongo.Db,
    private readonly keys: KeyStore,
    private readonly session: ClientSession,
    private readonly before: () => States | undefined,
  ) {}

  /** Reads in one query per collection what the batch is known to need. */
  async preload(wanted: readonly { readonly type: AnyAggregate; readonly id: string }[]): Promise<void> {
    const unknown = wanted.filter(({ type, id }) => !this.inherits(type, id));
    for (const [type, ones] of Map.groupBy(unknown, (one) => one.type)) {
      const ids = [...new Set(ones.map((one) => one.id))];
      const documents = await this.db
        .collection<StoredDocument>(type.collection)
        .find({ _id: { $in: ids } }, { session: this.session })
        .toArray();
      const found = new Map(documents.map((document) => [document._id, document]));
      for (const id of ids) this.held.set(nameOf(type, id), await this.read(type, id, found.get(id)));
    }
  }

  /** @throws NOT_FOUND for another territory's aggregate, as for one that does not exist */
  async get(type: AnyAggregate, id: string, territory: string): Promise<Loaded> {
    const name = nameOf(type, id);
    if (!this.held.has(name)) await this.preload([{ type, id }]);
    const held = this.left(name);
    if (held === undefined || (held.territory ?? territory) !== territory) throw new DomainError('NOT_FOUND');
    return held.loaded;
  }

  /** Takes over what an accepted unit of a territory changed. */
  accept(changed: Iterable<Loaded>, territory: string): void {
    for (const { state, ...one } of changed) {
      invariant(state !== undefined, 'a changed aggregate has a state');
      const name = nameOf(one.type, one.id);
      const storedVersion = this.held.get(name)?.storedVersion ?? 0;
      this.changed.set(name, { loaded: { ...one, state }, storedVersion, territory });
    }
  }

  /** Every aggregate the batch changed. */
  changes(): Iterable<Changed> {
    return this.changed.values();
  }

  /** Whether the aggregate is known without MongoDB. */
  private inherits(type: AnyAggregate, id: string): boolean {
    const name = nameOf(type, id);
    if (this.held.has(name)) return true;
    const left = this.before()?.left(name);
    if (left === undefined) return false;
    this.held.set(name, { ...left, storedVersion: left.loaded.version });
    return true;
  }

  private left(name: string): Held | undefined {
    return this.changed.get(name) ?? this.held.get(name);
  }

  private async read(type: AnyAggregate, id: string, document?: StoredDocument): Promise<Held> {
    if (document === undefined) {
      return { loaded: { type, id, state: undefined, version: 0 }, storedVersion: 0, territory: undefined };
    }
    const { version, territory } = document;
    return {
      loaded: { type, id, state: await openState(this.keys, type, document), version },
      ...{ storedVersion: version, territory },
    };
  }
}
