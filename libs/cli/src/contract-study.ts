import { type Contract, type Given, loadContract, price, type Priced } from '@ariane/capitation';
import { DomainError, parseMoney, rational } from '@ariane/kernel';
import { BadInput } from './failure';
import { figuresIn, scaled, turned } from './contract-cohort';

/** Amounts in whole cents, from the least to the greatest. */
export type Spread = readonly bigint[];

/** What a contract makes of the cases. */
export interface Side {
  readonly contract: Contract;
  /** What the payer pays, case by case in their order. */
  readonly costs: readonly bigint[];
  /** What each party gets, case by case; the payer's is negative. */
  readonly parties: ReadonlyMap<string, readonly bigint[]>;
  /** Each component's own amount over the cases where it is due. */
  readonly components: ReadonlyMap<string, Spread>;
}

/** What the payer's total becomes when one figure is a tenth lower or higher. */
interface Turn {
  readonly name: string;
  readonly lower: bigint;
  readonly higher: bigint;
}

export interface ContractStudy {
  readonly cases: number;
  /** Cases that a contract refuses: drawn facts that contradict each other, recorded ones that it does not find. */
  readonly refused: number;
  /** The first of those refusals, as it was told. */
  readonly refusal?: string;
  /** What the first contract makes of each case that is not refused, in their order, with its place in the cohort. */
  readonly priced: readonly { readonly index: number; readonly priced: Priced }[];
  readonly sides: readonly Side[];
  readonly turns: readonly Turn[];
}

const SENSITIVITY_CASES = 200;

/** Throws BadInput when no case can be priced under all contracts. */
export function studyOf(
  contracts: readonly Contract[],
  cohort: readonly Given[],
  progress: (done: number) => void = () => undefined,
): ContractStudy {
  const priced = cohort.map((given, index) => {
    progress(index);
    return contracts.map((contract) => tryPrice(contract, given));
  });
  const good = priced.flatMap((all, index) => (all.every((one) => one.priced) ? [index] : []));
  const first = priced.flat().find((one) => one.refusal)?.refusal;
  if (good.length === 0)
    throw new BadInput(`No case can be priced under every contract. The first refusal: ${first ?? ''}`);
  const sides = contracts.map((contract, side) =>
    sideOf(
      contract,
      good.flatMap((index) => priced[index]?.[side]?.priced ?? []),
    ),
  );
  const [main] = contracts;
  const sample = good.slice(0, SENSITIVITY_CASES).flatMap((index): readonly Given[] => cohort.slice(index, index + 1));
  return {
    ...{ cases: good.length, refused: cohort.length - good.length, sides },
    ...(first === undefined ? {} : { refusal: first }),
    priced: good.flatMap((index) => {
      const one = priced[index]?.[0]?.priced;
      return one ? [{ index, priced: one }] : [];
    }),
    turns: main ? turnsOf(main, sample) : [],
  };
}

function tryPrice(contract: Contract, given: Given): { readonly priced?: Priced; readonly refusal?: string } {
  try {
    return { priced: price(contract, given) };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error.message };
    throw error;
  }
}

/** Who an account is of: the payer pays in what is receivable, the holder earns, the others are owed. */
function partyOf(account: string, { document }: Contract): string {
  const named = /^(?:assets:receivable|liabilities:(?:payable|refund-due)):(.+)$/.exec(account)?.[1];
  if (named !== undefined) return named;
  if (account.startsWith('assets:withheld:')) return document.parties.payer;
  if (account.startsWith('liabilities:pool:')) return 'still in the pool';
  return account.startsWith('liabilities:reserve:') ? 'reserve' : document.parties.holder;
}

function movesOf(contract: Contract, { transfers }: Priced): ReadonlyMap<string, bigint> {
  const moves = new Map<string, bigint>();
  for (const { debit, credit, cents } of transfers) {
    for (const [account, moved] of [
      [debit, -cents],
      [credit, cents],
    ] as const) {
      const party = partyOf(account, contract);
      moves.set(party, (moves.get(party) ?? 0n) + moved);
    }
  }
  return moves;
}

function sideOf(contract: Contract, all: readonly Priced[]): Side {
  const { components, parties } = contract.document;
  const moves = all.map((priced) => movesOf(contract, priced));
  const names = [...new Set(moves.flatMap((one) => [...one.keys()]))].sort();
  const spread = (id: string): Spread =>
    all.flatMap(({ amounts }) => (typeof amounts[id] === 'string' ? [parseMoney(amounts[id]).cents] : [])).sort(order);
  return {
    contract,
    costs: moves.map((one) => -(one.get(parties.payer) ?? 0n)),
    parties: new Map(names.map((name) => [name, moves.map((one) => one.get(name) ?? 0n)])),
    components: new Map(components.flatMap(({ id }) => (spread(id).length > 0 ? [[id, spread(id)] as const] : []))),
  };
}

/** The sensitivity of the payer's total: every figure of the facts and every parameter, a tenth down and up. */
function turnsOf(contract: Contract, sample: readonly Given[]): readonly Turn[] {
  const down = rational(9n, 10n);
  const up = rational(11n, 10n);
  const costOf = (under: Contract, given: Given): bigint | undefined => {
    const { priced } = tryPrice(under, given);
    return priced && -(movesOf(under, priced).get(under.document.parties.payer) ?? 0n);
  };
  const before = sample.map((given) => costOf(contract, given) ?? 0n);
  // A case whose facts no longer fit when they are turned (a code, not a measure) counts as it was.
  const totalWith = (under: Contract, givens: readonly Given[]): bigint =>
    sumOf(givens.map((given, index) => costOf(under, given) ?? before[index] ?? 0n));
  const base = sumOf(before);
  const facts = figuresIn(sample).map((path): Turn => {
    const under = (factor: typeof up) =>
      totalWith(
        contract,
        sample.map((given) => turned(given, path, factor) as Given),
      ); // as: a record turned
    return { name: path.slice(1).replaceAll('.*', ''), lower: under(down) - base, higher: under(up) - base };
  });
  const parameters = Object.entries(contract.document.params ?? {}).map(([name, text]): Turn => {
    const under = (factor: typeof up) => {
      const params = { ...contract.document.params, [name]: scaled(text, factor) };
      return totalWith(loadContract({ ...contract.document, params }), sample);
    };
    return { name: `${name} (parameter)`, lower: under(down) - base, higher: under(up) - base };
  });
  const size = ({ lower, higher }: Turn): bigint => (higher - lower < 0n ? lower - higher : higher - lower);
  return [...facts, ...parameters]
    .filter((turn) => turn.lower !== 0n || turn.higher !== 0n)
    .sort((a, b) => order(size(b), size(a)));
}

export const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The amount that so many per cent of the cases do not exceed (nearest rank). */
export const quantile = (spread: Spread, percent: number): bigint =>
  spread[Math.max(0, Math.ceil((spread.length * percent) / 100) - 1)] ?? 0n;

export const sumOf = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);
