import type { Aggregate } from '@ariane/store';
import { type ActTold, changesOf, type Participation, participations, type TellAct } from './participation';

export const ACT_SUMS = 'actSums';
/** The parts of practitioners in the lists of acts that runs rested on. */
export const LIST_PARTIES = 'listParties';

/** Collections that are written beside the acts of care. */
export const participationCollections = [
  { collection: ACT_SUMS, indexes: [{ keys: { book: 1, month: 1 } }] },
  { collection: LIST_PARTIES },
] as const;

/** An act of a book: `demo.msp-b|file:a-17`, `demo.msp-b|appointment:<id>`. */
export const participationIdOf = (book: string, source: string): string => `${book}|${source}`;

/** Acts of care that count to the months of a book; what each adds to its month's sums commits with it. */
export const participationType: Aggregate<Participation, TellAct, ActTold> = {
  ...participations,
  name: 'Participation',
  collection: 'participations',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: ({ data: { book, source, before, act, territory } }) =>
    changesOf(source, before, act).map(({ practitioner, kind, day, ...by }) => ({
      collection: ACT_SUMS,
      increment: {
        _id: `${book}|${day}|${kind}|${practitioner}`,
        by,
        set: { territory, book, month: day.slice(0, 7), day, kind, practitioner },
      },
    })),
  indexes: [{ keys: { book: 1, places: 1, _id: 1 } }, { keys: { eventIds: 1 } }],
};
