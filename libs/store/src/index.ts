export {
  type Aggregate,
  type AnyAggregate,
  type Companion,
  type DomainEvent,
  type Effect,
  effect,
  type IndexSpec,
} from './aggregate';
export type { CommandContext } from './context';
export { type Database, ensureIndexes, openDatabase } from './database';
export * from './documents';
export { FileKeyStore, type KeyStore } from './key-store';
export { newId } from './new-id';
export { publishAgain } from './publish-again';
export { seal, unseal } from './seal';
export { openState, type StoredDocument, toDocument } from './states';
export { type Handled, Store } from './store';
export type { CommandResult, CursorMove, Outcome, Unit } from './unit';
export type { FactBatch } from './told-facts';
