import { capitationEvents } from '@ariane/contracts';
import type { Aggregate, Companion, Effect } from '@ariane/store';
import { effect } from '@ariane/store';
import {
  type Book,
  type BookHead,
  type BookOpened,
  books,
  type HeadCommand,
  type HeadEvent,
  heads,
  type OpenBook,
  toldTogether,
} from './book';
import { type GuardCommand, type GuardedAccount, type GuardEvent, guards } from './guard';
import { companionsOf, EXPLAINS, once } from './ledger-documents.store';
import { type LineCommand, type LineMoved, lines, type StoredLine } from './line';
import { type Pending, type PendingCommand, type PendingEvent, pendings } from './pending';
import { type Period, type PeriodCommand, type PeriodEvent, periods } from './period';
import type { Run } from './settle';

export const bookType: Aggregate<Book, OpenBook, BookOpened> = {
  ...books,
  name: 'Book',
  collection: 'books',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: (event, _state, id) => {
    const { territoryCode, tz } = event.data;
    return [effect(headType, id, { type: 'StartChain', territoryCode, tz })];
  },
};

/** The book is the Kafka key of its entries, so that they are published in the order of their numbers. */
export const headType: Aggregate<BookHead, HeadCommand, HeadEvent> = {
  ...heads,
  name: 'BookHead',
  collection: 'heads',
  facts: { EntriesPosted: capitationEvents.EntriesPosted },
  join: toldTogether,
  subject: (_state, _event, id) => id,
  companions: (event, state) => (event.type === 'EntriesAppended' ? companionsOf(event, state.territoryCode) : []),
  follow: headFollows,
};

/** A guarded account moves with its book, and the period that asked for the close is sealed by it. */
function headFollows(event: HeadEvent, _state: BookHead, book: string): readonly Effect[] {
  switch (event.type) {
    case 'EntriesAppended': {
      const moved = event.data.guarded;
      return moved.map(({ account, ...by }) => effect(guardType, `${book}|${account}`, { type: 'MoveGuarded', by }));
    }
    case 'AccountGuarded': {
      const { account, guard, balance } = event.data;
      return [effect(guardType, `${book}|${account}`, { type: 'BeginGuard', account, guard, balance })];
    }
    case 'MonthClosed': {
      const { month, ...sealed } = event.data;
      return [effect(periodType, `${book}|${month}`, { type: 'SealMonth', ...sealed })];
    }
    default:
      return [];
  }
}

export const guardType: Aggregate<GuardedAccount, GuardCommand, GuardEvent> = {
  ...guards,
  name: 'GuardedAccount',
  collection: 'guardedAccounts',
  facts: {},
  subject: (_state, _event, id) => id,
};

/** The months of a book; `waivers` are people's words. */
export const periodType: Aggregate<Period, PeriodCommand, PeriodEvent> = {
  ...periods,
  name: 'Period',
  collection: 'periods',
  facts: { PeriodClosed: capitationEvents.PeriodClosed },
  subject: (state) => state.book,
  sealed: ['waivers'],
  follow: (event, state) =>
    event.type === 'ClosingDecided' ? [effect(headType, state.book, { type: 'CloseMonth', ...event.data })] : [],
  indexes: [{ keys: { book: 1, month: 1 }, unique: true }],
};

export const pendingType: Aggregate<Pending, PendingCommand, PendingEvent> = {
  ...pendings,
  name: 'Pending',
  collection: 'pendings',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ data: { draft, now } }) => [effect(headType, draft.book, { type: 'Post', drafts: [draft], now })],
  indexes: [{ keys: { book: 1, state: 1, dueAt: 1 } }],
};

export const lineType: Aggregate<StoredLine, LineCommand, LineMoved> = {
  ...lines,
  name: 'Line',
  collection: 'lines',
  facts: {},
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { book: 1, subject: 1 } }],
};

/** What a run brings about: its entries in the book, what it promises, its lines where readers look for them. */
export function followOf(run: Run): readonly Effect[] {
  const { subject, run: inputs } = run;
  const stored = run.moved.map(({ line: { key, ...line }, target, explain }) =>
    effect(lineType, key, {
      type: 'MoveLine',
      line: {
        ...line,
        book: subject.book,
        subject: subject.id,
        period: subject.period,
        contract: inputs.contract,
        target,
        explain,
        inputsHash: inputs.inputsHash,
      },
    }),
  );
  const { drafts, acts, now } = run;
  const promised = acts.map(({ id, command }) => effect(pendingType, id, { ...command, now }));
  const posted = drafts.length === 0 ? [] : [effect(headType, subject.book, { type: 'Post', drafts, now })];
  return [...promised, ...posted, ...stored];
}

/** A run's explanations, by their content, and the run itself. Written once, however often they come back. */
export function runCompanions(run: Run): readonly Companion[] {
  const { territory } = run;
  const explained = run.explanations.map(({ sha256, tree }) =>
    once(EXPLAINS, `${territory}|${sha256}`, { territory, sha256, tree }),
  );
  const { inputsHash, targetsHash, contract } = run.run;
  const id = `${territory}|${run.subject.id}|${inputsHash}|${targetsHash}`;
  const { book, id: subject, period } = run.subject;
  const document = { territory, book, subject, period, contract, inputsHash, targetsHash, kind: 'REAL', at: run.now };
  return [...explained, once('runs', id, document)];
}
