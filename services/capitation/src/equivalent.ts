import { parseMoney } from '@ariane/kernel';
import { dayOf } from './book-time';
import type { Contract, TableRow } from './contract';
import { loadContract } from './load-contract';
import type { Delivery } from './pathway-facts';
import { price } from './price';
import tariffs from './tariffs.json';
import { currencyOf } from './value';

/** What acts would have been paid act by act, in cents, and those that cannot be said: never zero in silence. */
export interface Equivalent {
  readonly cents: bigint;
  readonly priced: number;
  /** Kinds of act for which no tariff of the day is known, and acts beyond a yearly limit, in order of kind. */
  readonly notPriced: readonly NotPriced[];
}

interface NotPriced {
  readonly act: string;
  readonly count: number;
  readonly reason: string;
}

/** The name of the table in which a contract may give the fee of a kind of act (`code`) for comparison. */
const CONTRACT_TABLE = 'equivalents';

/** The national tariff of a kind of act, where the kind says which it is: a visit's depends on who sees whom. */
const codeOf: Readonly<Record<string, string>> = { opinion: 'TE2' };

const component = {
  ...{ id: 'equivalent', kind: 'feeForService', acts: 'acts', table: 'tariffs', by: ['code'], on: 'date' },
  // Four opinions a year for the same patient and expert (medical convention 2024).
  limits: [{ id: 'annual-limit', codes: ['TE2'], per: ['patient', 'practitioner'], count: 4 }],
};

/** Fee for service as the contract language has it, on our dated tariffs: the same rule that pays such acts. */
const feeForService = loadContract({
  ...{ language: 1, contract: 'fee-for-service-equivalent', version: 1, title: 'Fee-for-service equivalent' },
  ...{ currency: 'EUR', timezone: 'Europe/Paris', validity: { from: '2023-01-01', to: null } },
  parties: { payer: 'org:payer', holder: 'org:holder' },
  rounding: { mode: 'HALF_UP', allocation: 'LARGEST_REMAINDER', tieBreak: 'ID' },
  tables: { tariffs: tariffs.rows },
  components: [component],
  examples: [
    {
      name: 'an opinion',
      given: { acts: [{ id: 'one', code: 'TE2', date: '2026-03-02', patient: 'a', practitioner: 'b' }] },
      expect: { equivalent: '23.00 EUR' },
    },
  ],
});

/**
 * What a pathway's acts would have been paid by fee for service, each at the tariff of its own day.
 *
 * @param isCounted which acts count; a yearly limit looks at them all
 * @param contract the pathway's own, whose table `equivalents` may give fees of kinds of act
 */
export function equivalentOf(
  acts: Delivery['evidence'],
  subject: string,
  contract: Contract | undefined,
  timeZone: string,
  isCounted: (at: string) => boolean = () => true,
): Equivalent {
  const { currency } = contract?.document ?? feeForService.document;
  const own = contract?.document.tables?.[CONTRACT_TABLE] ?? [];
  const rows = [...own, ...tariffs.rows].filter((row: TableRow) => currencyOf(row.amount) === currency);
  const known = acts.map(({ source, practitionerId, kind, at }) => {
    const date = dayOf(at, timeZone);
    const codes = [kind, codeOf[kind]];
    const code = codes.find((one) => rows.some((row) => one !== undefined && isInForce(row, one, date)));
    const id = `${source}|${practitionerId}`;
    return { id, kind, code, date, at, patient: subject, practitioner: practitionerId };
  });
  const priced = known.filter(({ code }) => code !== undefined);
  const document = { ...feeForService.document, currency, tables: { tariffs: rows } };
  const { amounts } = price({ ...feeForService, document }, { acts: priced });
  const list = (name: string) => (typeof amounts[name] === 'object' ? amounts[name] : {});
  const [lines, limited] = [list('equivalent.lines'), list('equivalent.reasons')];
  const counted = known.filter(({ at }) => isCounted(at));
  const missing = counted.flatMap(({ id, kind, code }) => {
    if (code === undefined) return [{ act: kind, count: 1, reason: `no tariff for ${kind}` }];
    const limit = limited[id];
    return limit === undefined ? [] : [{ act: kind, count: 1, reason: limit }];
  });
  const fees = counted.flatMap(({ id }) => lines[id] ?? []);
  const cents = fees.reduce((sum, fee) => sum + parseMoney(fee).cents, 0n);
  return { cents, priced: counted.length - missing.length, notPriced: merged(missing) };
}

function isInForce(row: TableRow, code: string, day: string): boolean {
  const { from, to } = row;
  const hasBegun = typeof from !== 'string' || from <= day;
  return row.code === code && hasBegun && (typeof to !== 'string' || day < to);
}

/** Counts of the same act and reason added, in order of act and reason. */
export function merged(all: readonly NotPriced[]): readonly NotPriced[] {
  const groups = Map.groupBy(all, ({ act, reason }) => `${act}|${reason}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const count = group.reduce((sum, one) => sum + one.count, 0);
      return group.slice(0, 1).map((one) => ({ ...one, count }));
    });
}
