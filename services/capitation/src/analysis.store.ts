import { DomainError, parseMoney, rational, type Rational, unitsOf } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { normalSide } from './accounts';
import { daysIn, monthEnd } from './book-time';
import type { Contract } from './contract';
import { ContractsService, shelf } from './contracts.store';
import { BookSums } from './book-sums.store';
import { ENTRIES, type EntryDocument, entryOf } from './ledger-documents.store';
import { LedgerReads } from './ledger-reads.store';
import { lineType, periodType } from './ledger.store';
import { price } from './price';
import { perMember, withMembers } from './roster-lines';
import { MEMBER_LINES } from './roster-types.store';
import { activeContract } from './shelf';
import { linesOn } from './statement';
import {
  type Age,
  ageing,
  type Bridge,
  bridgeOf,
  figuresOf,
  flatFigures,
  type MonthFigures,
  type Tallies,
  type Tally,
} from './variance';

const DAY_MS = 86_400_000;

interface ContractMonth {
  readonly book: string;
  readonly contractId: string;
  readonly month: string;
}

/** What a payer owed under a contract in a month, in cents; `due` by the key of its line. */
interface Owed extends ContractMonth {
  readonly contract: Contract;
  readonly due: ReadonlyMap<string, bigint>;
  readonly dueCents: bigint;
  readonly retroCents: bigint;
  readonly qualityCents: bigint;
}

/** Why months differ, and how old what is owed is: read from what was posted, nothing is kept for it. */
@Injectable()
export class Analysis {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly contracts: ContractsService,
    private readonly sums: BookSums,
  ) {}

  /** The bridge between two months of a contract. Throws NOT_FOUND. */
  async bridge(
    territory: string,
    asked: { readonly book: string; readonly contractId: string; readonly before: string; readonly after: string },
    now: string,
  ): Promise<Bridge> {
    const { book, contractId, before, after } = asked;
    const [from, to] = [
      await this.owed(territory, { book, contractId, month: before }),
      await this.owed(territory, { book, contractId, month: after }),
    ];
    if (perMember(from.contract).length > 0 && perMember(to.contract).length > 0) {
      return bridgeOf(await this.figures(territory, from, now), await this.figures(territory, to, now));
    }
    const tallies = [await this.talliesOf(from), await this.talliesOf(to)] as const;
    return bridgeOf(...flatFigures(...tallies, [from, to]));
  }

  /** Every account of a side that is open, by age at the end of a month. */
  async ageing(
    territory: string,
    book: string,
    side: 'assets:receivable:' | 'liabilities:payable:',
    month: string,
  ): Promise<readonly { readonly account: string; readonly aged: Readonly<Record<Age, bigint>> }[]> {
    const { tz } = await this.reads.book(territory, book);
    const end = Date.parse(monthEnd(month, tz));
    const periods = await this.sums.periodBalances(territory, book);
    const rows = await periods
      .find({ territory, book, account: { $gte: side, $lt: `${side}~` }, period: { $lte: month } })
      .sort({ account: 1, effPeriod: 1 })
      .toArray();
    return [...Map.groupBy(rows, ({ account }) => account)].flatMap(([account, own]) => {
      const grows = normalSide(account) === 'D';
      const months = [...Map.groupBy(own, ({ effPeriod }) => effPeriod)].map(([effPeriod, sums]) => ({
        days: Math.floor((end - Date.parse(monthEnd(effPeriod, tz))) / DAY_MS),
        cents: sums.reduce((sum, { dr, cr }) => sum + (grows ? dr : cr), 0n),
      }));
      const settled = own.reduce((sum, { dr, cr }) => sum + (grows ? cr : dr), 0n);
      const aged = ageing(months, settled);
      return Object.values(aged).some((cents) => cents !== 0n) ? [{ account, aged }] : [];
    });
  }

  /** What the payer of a contract owed for a month: what was due by line, and what was booked beside it. */
  private async owed(territory: string, of: ContractMonth): Promise<Owed> {
    const { book, contractId, month } = of;
    const { tz } = await this.reads.book(territory, book);
    const { pin } = await this.contracts.activeAt(territory, contractId, monthEnd(month, tz));
    const { contract } = activeContract(shelf, territory, pin.sha256);
    const sums = { DUE: 0n, WITHHELD: 0n, PAID: 0n, PRIOR_PERIOD: 0n };
    const due = new Map<string, bigint>();
    const account = `assets:receivable:${contract.document.parties.payer}`;
    const entries = this.store.database.db
      .collection<EntryDocument>(ENTRIES)
      .find({ territory, book, 'legs.a': account, period: month, 'contract.id': contractId });
    for await (const document of entries) {
      const entry = entryOf(document);
      for (const { section, cents } of linesOn(entry, (one) => one === account)) {
        sums[section] += cents;
        const key = entry.line?.key ?? entry.id;
        if (section === 'DUE') due.set(key, (due.get(key) ?? 0n) + cents);
      }
    }
    return { ...of, contract, due, dueCents: sums.DUE, retroCents: sums.PRIOR_PERIOD, qualityCents: sums.WITHHELD };
  }

  /** How often each line of the contract was due, and for how much. */
  private async talliesOf({ due }: Owed): Promise<Tallies> {
    const tallies = new Map<string, Tally>();
    const lines = this.store.database.db
      .collection<{ readonly _id: string; readonly name: string }>(lineType.collection)
      .find({ _id: { $in: [...due.keys()] } }, { projection: { name: 1 } });
    const names = new Map((await lines.toArray()).map(({ _id, name }) => [_id, name]));
    for (const [key, cents] of due) {
      const name = names.get(key) ?? '';
      const former = tallies.get(name) ?? { count: 0n, cents: 0n };
      tallies.set(name, { count: former.count + 1n, cents: former.cents + cents });
    }
    return tallies;
  }

  /** A month as it was reported: the members known when it was closed, or now while it is open. */
  private async figures(territory: string, owed: Owed, now: string): Promise<MonthFigures> {
    const { book, month, contract, dueCents, retroCents, qualityCents } = owed;
    const period = await this.store.read(periodType, territory, `${book}|${month}`);
    const days = await this.daysOf(territory, owed, period?.state.closedAt ?? now);
    return figuresOf({
      ...{ days, daysInMonth: daysIn(month), rateCents: rateOf(contract, month) },
      ...{ dueCents, retroCents, qualityCents },
    });
  }

  private async daysOf(territory: string, { book, contractId, month }: ContractMonth, at: string): Promise<bigint> {
    const [found] = await this.store.database.db
      .collection(MEMBER_LINES)
      .aggregate<{ days: number | bigint }>([
        { $match: { territory, book, month, contractId, at: { $lte: at } } },
        { $sort: { book: 1, month: 1, member: 1, rev: 1 } },
        { $group: { _id: '$member', days: { $last: '$days' } } },
        { $group: { _id: null, days: { $sum: '$days' } } },
      ])
      .toArray();
    return BigInt(found?.days ?? 0);
  }
}

/** What a member of risk one costs for a whole month under a contract, in cents. */
function rateOf(contract: Contract, month: string): Rational {
  const [component] = perMember(contract);
  if (!component) throw new DomainError('RULE_BROKEN', { rule: 'pmpm' }, 'contractId');
  const one = { ...component, risk: '1' };
  const alone = { ...contract, ordered: [one], document: { ...contract.document, components: [one] } };
  const days = String(daysIn(month));
  const { amounts } = price(
    alone,
    withMembers([one], month, {}, () => [{ id: 'one', days }]),
  );
  const amount = amounts[component.id];
  if (typeof amount !== 'string') throw new DomainError('FACT_MISSING', { name: component.id });
  const units = unitsOf(parseMoney(amount));
  return rational(units.numerator * 100n, units.denominator);
}
