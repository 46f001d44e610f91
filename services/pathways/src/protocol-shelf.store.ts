import type { Pin } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import { loadProtocol, type Protocol } from '@ariane/protocol';
import { StartWaits } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { protocolVersions } from './aggregates.store';
import type { Pathway } from './pathway';
import { type ProtocolVersion, protocolVersionIdOf } from './protocol-version';
import { installed, library, shelve } from './protocols.store';

/** A version of a protocol in a territory: of the installation, or published there. */
export interface Shelved {
  readonly protocol: Protocol;
  readonly status: ProtocolVersion['status'];
  readonly published?: ProtocolVersion;
}

/**
 * The protocols of a territory. Deciding is synchronous and reads only what this process has loaded: whoever hands a
 * pathway to its decider or shows its plan has its pins loaded first. Documents never change, so a cache needs no end.
 */
@Injectable()
export class ProtocolShelf {
  constructor(
    private readonly store: Store,
    waits: StartWaits,
  ) {
    waits.add('published protocols', () => this.loadAll());
  }

  /** Has the documents at hand that this pathway is or was pinned to. */
  async ensure(
    territory: string,
    { protocol, migrations = [] }: Pick<Pathway, 'protocol' | 'migrations'>,
  ): Promise<void> {
    for (const pin of [protocol, ...migrations.map(({ from }) => from)]) {
      if (library.has(pin) === undefined) await this.published(territory, pin);
    }
  }

  /** The version asked for, else the newest that takes patients; undefined when there is none. */
  async find(territory: string, id: string, version?: number): Promise<Shelved | undefined> {
    const all = await this.versions(territory, id);
    if (version !== undefined) return all.find(({ protocol }) => protocol.document.version === version);
    return all.find(({ status }) => status === 'active');
  }

  /** @throws DomainError NOT_FOUND */
  async get(territory: string, id: string, version: number, field = 'version'): Promise<Shelved> {
    const found = await this.find(territory, id, version);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, field);
    return found;
  }

  /** Every version of a protocol, or of all of them, by id and newest first. */
  async versions(territory: string, id?: string): Promise<readonly Shelved[]> {
    const filter = id === undefined ? {} : { 'protocol.id': id };
    const stored = await this.store.find(protocolVersions, territory, filter);
    const published = stored.map(({ state }): Shelved => {
      return { protocol: this.taken(state), status: state.status, published: state };
    });
    const own = installed
      .filter(({ document }) => id === undefined || document.id === id)
      .map((protocol): Shelved => ({ protocol, status: 'active' }));
    return [...own, ...published].sort(
      ({ protocol: { document: a } }, { protocol: { document: b } }) =>
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) || b.version - a.version,
    );
  }

  private async published(territory: string, pin: Pin): Promise<void> {
    const id = protocolVersionIdOf(territory, pin.id, pin.version);
    const found = await this.store.read(protocolVersions, territory, id);
    if (found !== undefined) this.taken(found.state);
  }

  private taken({ protocol: pin, json }: ProtocolVersion): Protocol {
    const known = library.has(pin);
    if (known !== undefined) return known;
    // It was checked when it was published; a later, stricter check must not strand the patients pinned to it.
    const protocol = loadProtocol(JSON.parse(json));
    shelve(protocol);
    return protocol;
  }

  private async loadAll(): Promise<void> {
    const stored = this.store.database.db
      .collection<ProtocolVersion & { _id: string }>(protocolVersions.collection)
      .find({});
    for await (const version of stored) this.taken(version);
  }
}
