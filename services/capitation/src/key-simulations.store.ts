import { DomainError } from '@ariane/kernel';
import { Injectable } from '@nestjs/common';
import { partyOn } from './accounts';
import type { Contract, Given } from './contract';
import { shelf } from './contracts.store';
import { partUnder } from './dry-run';
import { price } from './price';
import { type RecordedInput, RecordedInputs } from './recorded-inputs.store';
import { type BucketSum, monthOfParts } from './roster-lines';
import { activeContract } from './shelf';
import { keyOn, type KeyProposal, type SplitKey } from './split-key';
import { factOf } from './split-keys.store';

/** What each party would have been owed for a month's real inputs, in cents, under two keys. */
export interface KeySimulation {
  readonly month: string | null;
  readonly subjects: number;
  readonly current: ReadonlyMap<string, bigint>;
  readonly proposed: ReadonlyMap<string, bigint>;
}

/** What a proposed key would do, on real inputs; nothing is posted. */
@Injectable()
export class KeySimulations {
  constructor(private readonly inputs: RecordedInputs) {}

  /**
   * Prices a month's inputs, by default the last month's, under the key in force on the proposal's first day and under
   * the proposal.
   *
   * @throws what `price` throws, FACT_MISSING above all for whom the key has no weight
   */
  async simulate(
    territory: string,
    state: SplitKey,
    proposal: KeyProposal,
    asked: string | undefined,
  ): Promise<KeySimulation> {
    const { contractId, key, past } = state;
    const month = asked ?? (await this.inputs.lastMonth(territory, contractId));
    const [current, proposed] = [new Map<string, bigint>(), new Map<string, bigint>()];
    let subjects = 0;
    if (month === null) return { month, subjects, current, proposed };
    const before = keyOn({ past: past.filter(({ id }) => id !== proposal.id) }, proposal.from);
    for await (const input of this.inputs.read(territory, { contractId, month })) {
      const { contract } = activeContract(shelf, territory, input.contract.sha256);
      const priced = await pricedOn(contract, month, input);
      addOwed(current, priced, key, before);
      addOwed(proposed, priced, key, proposal);
      subjects += 1;
    }
    return { month, subjects, current, proposed };
  }
}

interface Priced {
  readonly contract: Contract;
  readonly given: Given;
}

/** A contract and facts; a roster is summed part by part. */
async function pricedOn(contract: Contract, month: string, { given, members }: RecordedInput): Promise<Priced> {
  if (!members) return { contract, given };
  const parts: BucketSum[] = [];
  for await (const part of members()) parts.push(partUnder(contract, month, given, part));
  return monthOfParts(contract, month, given, parts);
}

function addOwed(
  sums: Map<string, bigint>,
  { contract, given }: Priced,
  key: string,
  proposal: KeyProposal | undefined,
): void {
  const told = typeof given.keys === 'object' && given.keys !== null ? given.keys : {};
  const others = Object.fromEntries(Object.entries(told).filter(([name]) => name !== key));
  const keys = proposal ? { ...others, [key]: factOf(proposal) } : others;
  const add = (account: string, cents: bigint): void => {
    const party = account.startsWith('liabilities:payable:') ? partyOn(account) : undefined;
    if (party !== undefined) sums.set(party, (sums.get(party) ?? 0n) + cents);
  };
  for (const { debit, credit, cents } of price(contract, { ...given, keys }).transfers) {
    add(credit, cents);
    add(debit, -cents);
  }
}

/** What a professional sees: their own amounts, and what all come to. Throws NOT_FOUND for who is none of them. */
export function ownOf(simulation: KeySimulation, party: string | undefined) {
  const total = (sums: ReadonlyMap<string, bigint>): bigint => [...sums.values()].reduce((sum, one) => sum + one, 0n);
  if (party === undefined) throw new DomainError('NOT_FOUND');
  const { current, proposed } = simulation;
  return {
    own: { current: current.get(party) ?? 0n, proposed: proposed.get(party) ?? 0n },
    total: { current: total(current), proposed: total(proposed) },
  };
}
