import { invariant } from '@ariane/kernel';
import { inSpan, traceparent } from '@ariane/telemetry';
import { type Aggregate, type AnyAggregate, type DomainEvent, type Effect, effect } from './aggregate';
import { Committer } from './committer';
import type { CommandContext } from './context';
import type { Database } from './database';
import { actorOf, AUDIT, auditDocument, type AuditDocument } from './documents';
import type { KeyStore } from './key-store';
import { newId } from './new-id';
import { openState, type StoredDocument } from './states';
import type { FactBatch } from './told-facts';
import type { CommandResult, Outcome, Unit } from './unit';

export interface Handled<S> {
  readonly state: S;
  readonly version: number;
  /** True when the same message had been handled before. */
  readonly replayed: boolean;
  readonly facts: readonly string[];
}

/**
 * The one write path of a service. A command is acknowledged only when its state, its facts, its message id and its
 * audit entry are durable together.
 */
export class Store {
  private readonly committer: Committer;
  private readonly listeners: ((facts: FactBatch | undefined) => void)[] = [];

  constructor(
    readonly database: Database,
    readonly keys: KeyStore,
    readonly service: string,
  ) {
    this.committer = new Committer({ database, keys, service }, (facts) => {
      for (const listener of this.listeners) listener(facts);
    });
  }

  /** Calls back after each commit with its facts, if any: how the relay has them without asking MongoDB. */
  onCommitted(listener: (facts: FactBatch | undefined) => void): void {
    this.listeners.push(listener);
  }

  /**
   * Handles one command: loads, decides, folds and commits, together with whatever else waits at this moment.
   *
   * @throws DomainError when the command is refused; nothing has changed then
   */
  async handle<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    id: string,
    command: C,
    context: CommandContext,
  ): Promise<Handled<S>> {
    const handled = await this.handleMany([effect(type, id, command)], context);
    const [result] = handled.results;
    invariant(result !== undefined, 'a handled command has a result');
    const current = await this.read(type, context.territory, id);
    invariant(current !== undefined, 'a handled aggregate exists');
    return { state: current.state, version: current.version, replayed: handled.replayed, facts: result.facts };
  }

  /**
   * Handles several commands that commit together or not at all.
   *
   * @throws DomainError when one is refused; none has changed anything then
   */
  async handleMany(
    effects: readonly Effect[],
    context: CommandContext,
  ): Promise<{ readonly results: readonly CommandResult[]; readonly replayed: boolean }> {
    const outcome = await this.submit({ context, effects });
    if (outcome.kind === 'refused') throw outcome.error;
    invariant(outcome.kind === 'committed' || outcome.kind === 'replayed', 'a command has no cursor');
    return { results: outcome.results, replayed: outcome.kind === 'replayed' };
  }

  /** Commits a unit with its cursor, or says why not: how consumers write. Its facts continue the commit's trace. */
  submit(unit: Unit): Promise<Outcome> {
    const { traceparent: parent } = unit.context;
    const types = [...new Set(unit.effects.map(({ type }) => type.name))].join('+');
    return inSpan(`commit ${types || 'cursor'}`, parent === undefined ? {} : { parent }, () =>
      this.committer.submit({ ...unit, context: { ...unit.context, traceparent: traceparent() } }),
    );
  }

  /** The current state of one aggregate of the territory, or undefined when it is absent or another territory's. */
  async read<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    territory: string,
    id: string,
  ): Promise<{ readonly state: S; readonly version: number } | undefined> {
    const [found] = await this.find(type, territory, { _id: id }, { limit: 1 });
    return found;
  }

  /** Some fields of one aggregate of the territory, for a question that needs no more of a large one. */
  async glance<S extends object, C, E extends DomainEvent, F extends keyof S & string>(
    type: Aggregate<S, C, E>,
    territory: string,
    id: string,
    fields: readonly F[],
  ): Promise<Pick<S, F> | undefined> {
    const [found] = await this.glances(type, territory, { _id: id }, { fields, limit: 1 });
    return found?.state;
  }

  /**
   * As `glance`, of all that a filter finds, with their versions; in the order of their ids.
   *
   * @param shaped expressions of MongoDB in the place of fields, for the part of a list that the question needs
   */
  async glances<S extends object, C, E extends DomainEvent, F extends keyof S & string>(
    type: Aggregate<S, C, E>,
    territory: string,
    filter: Readonly<Record<string, unknown>>,
    { fields, shaped = {}, limit }: GlancesWanted<S, F>,
  ): Promise<readonly { readonly id: string; readonly state: Pick<S, F>; readonly version: number }[]> {
    const isSealed = fields.some((field) => type.sealed?.includes(field));
    const projection = {
      ...{ version: 1, territory: 1 },
      ...(isSealed ? { sealed: 1, sealedWith: 1 } : {}),
      ...Object.fromEntries(fields.map((field) => [field, 1])),
      ...shaped,
    };
    const documents = await this.database.db
      .collection<StoredDocument>(type.collection)
      .find({ $and: [{ territory }, filter] }, { projection, limit, sort: { _id: 1 } })
      .toArray();
    const erased = type as unknown as AnyAggregate; // the queue's view of the same type
    return Promise.all(
      documents.map(async (document) => {
        const state = await openState(this.keys, erased, document);
        const wanted = fields.flatMap((field) => (field in state ? [[field, state[field]] as const] : []));
        // as: what `toDocument` stored of these fields
        return { id: document._id, version: document.version, state: Object.fromEntries(wanted) as Pick<S, F> };
      }),
    );
  }

  /** Aggregates of the territory by their clear fields, in the order of their ids unless sorted. */
  async find<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    territory: string,
    filter: Readonly<Record<string, unknown>>,
    options: { readonly limit?: number; readonly sort?: Readonly<Record<string, 1 | -1>> } = {},
  ): Promise<{ readonly id: string; readonly state: S; readonly version: number }[]> {
    const documents = await this.database.db
      .collection<StoredDocument>(type.collection)
      .find({ $and: [{ territory }, filter] }, { limit: options.limit ?? PAGE_MAX, sort: options.sort ?? { _id: 1 } })
      .toArray();
    const erased = type as unknown as AnyAggregate; // the queue's view of the same type
    return Promise.all(
      documents.map(async (document) => ({
        id: document._id,
        state: (await openState(this.keys, erased, document)) as S, // what `toDocument` stored for this type
        version: document.version,
      })),
    );
  }

  /** Records what an operator did that is no command of an aggregate: no content, only what and to what. */
  async auditOperation(action: string, target: string, context: CommandContext): Promise<void> {
    const { territory, now: at, messageId, consumer } = context;
    const entry = { at, ...actorOf(context), action: [action], target: [target], messageId, consumer };
    await this.database.db.collection<AuditDocument>(AUDIT).insertOne(auditDocument(territory, [entry], newId()));
  }

  /** Waits for every queued command. */
  drain(): Promise<void> {
    return this.committer.drain();
  }
}

interface GlancesWanted<S, F extends keyof S & string> {
  readonly fields: readonly F[];
  readonly shaped?: Readonly<Record<string, object>>;
  readonly limit: number;
}

/** The most any list gives at once. */
const PAGE_MAX = 200;
