import type { Aggregate } from '@ariane/store';
import { csvFileType } from './csv-file.store';
import { followOf, runCompanions } from './ledger.store';
import { type AccrueOutside, type OutsideAccrual, outsideAccruals, type OutsideAccrued } from './outside-accrual';
import { type BillTold, type OutsideBill, outsideBills, type ReadBill, type TellBill } from './outside-bill';

export const OUTSIDE_FILE_ROWS = 'outsideFileRows';
/** What each month of care came to by month of receipt: few rows, however many bills. */
export const OUTSIDE_MONTHS = 'outsideMonths';

/** A row of a file as it was taken, under pseudonyms. */
export interface BillRow extends ReadBill {
  readonly line: number;
}

/** Collections that are written beside the bills. */
export const outsideCollections = [
  { collection: OUTSIDE_FILE_ROWS, indexes: [{ keys: { file: 1, line: 1 } }] },
  { collection: OUTSIDE_MONTHS, indexes: [{ keys: { book: 1, careMonth: 1 } }] },
] as const;

/** The payer's number of a bill is sealed with the territory's key; member and provider stand under pseudonyms. */
export const outsideBillType: Aggregate<OutsideBill, TellBill, BillTold> = {
  ...outsideBills,
  name: 'OutsideBill',
  collection: 'outsideBills',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['reference'],
  companions: ({ data: { book, moves } }, _state, id) =>
    moves.map(({ careMonth, receivedMonth, cents }) => ({
      collection: OUTSIDE_MONTHS,
      increment: {
        _id: `${book}|${careMonth}|${receivedMonth}`,
        by: { cents },
        set: { territory: territoryIn(id), book, careMonth, receivedMonth },
      },
    })),
  indexes: [{ keys: { book: 1, careMonth: 1, _id: 1 } }],
};

/** A bill of a book: `demo.msp-b|ob-…`; a book's id begins with its territory. */
export const billIdOf = (book: string, bill: string): string => `${book}|${bill}`;
const territoryIn = (id: string): string => id.slice(0, id.indexOf('.'));

export const outsideFileType = csvFileType<{ readonly book: string }, BillRow>(
  'OutsideFile',
  'outsideFiles',
  OUTSIDE_FILE_ROWS,
);

export const outsideAccrualType: Aggregate<OutsideAccrual, AccrueOutside, OutsideAccrued> = {
  ...outsideAccruals,
  name: 'OutsideAccrual',
  collection: 'outsideAccruals',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: ({ data: { run } }) => runCompanions(run),
  follow: ({ data: { run } }) => followOf(run),
};
