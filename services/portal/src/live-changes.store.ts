import { FactTail } from '@ariane/bus';
import type { Envelope } from '@ariane/contracts';
import { ChangeLog, StartWaits, StopHooks } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { readersOfPathways } from './copies.store';
import type { LiveChange } from './live-change';

/** Pathways whose readers are remembered: those that change, not those that exist. */
const READERS_MAX = 20_000;
/** So that who has just joined stands in the copy before what follows is told. */
const TELL_AFTER_MS = 120;
/** Facts after which the readers of a pathway are no longer those remembered. */
const changesReaders = /^(CareTeamMember|Opinion)/;

/** Hears changes in their order; `reset` when some may have been missed. */
export interface LiveListener {
  readonly change: (change: LiveChange) => void;
  readonly reset: () => void;
}

/** Whoever listens, and what was told last: one tail of Kafka for all the streams of this process. */
@Injectable()
export class LiveChanges {
  private readonly listeners = new Set<LiveListener>();
  private readonly readers = new Map<string, readonly string[]>();
  private log = new ChangeLog<LiveChange>(newId());
  private waiting: Envelope[] = [];
  private telling: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly tail: FactTail,
    waits: StartWaits,
    stops: StopHooks,
  ) {
    waits.add('live changes', () =>
      this.tail.start({
        fact: (envelope) => {
          this.hear(envelope);
        },
        reset: () => {
          this.reset();
        },
      }),
    );
    stops.add('live changes', () => this.tail.stop());
  }

  /** Begins to listen; gives what was missed since the id, or undefined where that is no longer known. */
  listen(listener: LiveListener, lastId: string | undefined) {
    this.listeners.add(listener);
    return {
      missed: lastId === undefined ? [] : this.log.since(lastId),
      position: this.log.position,
      leave: () => this.listeners.delete(listener),
    };
  }

  private reset(): void {
    this.log = new ChangeLog<LiveChange>(newId());
    this.readers.clear();
    for (const { reset } of this.listeners) reset();
  }

  private hear(envelope: Envelope): void {
    this.waiting.push(envelope);
    this.telling ??= this.tellSoon();
  }

  private async tellSoon(): Promise<void> {
    await sleep(TELL_AFTER_MS);
    const told = this.waiting;
    this.waiting = [];
    this.telling = undefined;
    await this.remember(told);
    for (const envelope of told) {
      const change = this.changeOf(envelope);
      this.log.add(change);
      for (const listener of this.listeners) listener.change(change);
    }
  }

  private changeOf({ id, source, type, subject, territory }: Envelope): LiveChange {
    const readers = this.readers.get(subject) ?? [];
    const fact = type.split('.').at(-2) ?? type;
    const pathway = readers.length > 0 ? { pathwayId: subject } : {};
    return { id, service: source.split('/').at(-1) ?? '', type: fact, territory, ...pathway, readers };
  }

  /** One read for all the subjects of a moment. A subject that is no pathway has none. */
  private async remember(told: readonly Envelope[]): Promise<void> {
    for (const { type, subject } of told)
      if (changesReaders.test(type.split('.').at(-2) ?? '')) this.readers.delete(subject);
    const unknown = told.filter(({ subject }) => !this.readers.has(subject));
    for (const [territory, envelopes] of Map.groupBy(unknown, (one) => one.territory)) {
      const ids = [...new Set(envelopes.map(({ subject }) => subject))];
      const found = await this.store.find(readersOfPathways, territory, { _id: { $in: ids } }, { limit: ids.length });
      for (const id of ids) this.readers.set(id, []);
      for (const { id, state } of found) this.readers.set(id, state.readers);
    }
    for (const id of this.readers.keys()) {
      if (this.readers.size <= READERS_MAX) break;
      this.readers.delete(id);
    }
  }
}
