import { DomainError } from '@ariane/kernel';
import { type CommandContext, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { DRY_RUNS, paymentContractIdOf } from './aggregates.store';
import { ContractsService } from './contracts.store';
import { type DryRun, newTrial, partUnder, reportOf, type Trial, trySubject } from './dry-run';
import { loadContract } from './load-contract';
import { RecordedInputs, type RecordedInput } from './recorded-inputs.store';
import { type BucketSum, monthOfParts } from './roster-lines';

/** A report as it is shown: the hash is what an activation confirms having read. */
export interface ShownDryRun {
  readonly sha256: string;
  readonly report: DryRun;
}

/** What a version would make of the last month's real inputs, before anybody activates it. */
@Injectable()
export class DryRuns {
  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
    private readonly inputs: RecordedInputs,
  ) {}

  /**
   * Prices what the contract's earlier versions were priced on in a month, by default the last one that has any, and
   * keeps the report with the version. Posts nothing.
   *
   * @throws NOT_FOUND
   */
  async run(
    asked: { readonly id: string; readonly version: number; readonly month?: string },
    context: CommandContext,
  ): Promise<ShownDryRun> {
    const { territory, now, actor: by } = context;
    const { json } = await this.contracts.find(territory, asked.id, asked.version);
    const trial = newTrial(loadContract(JSON.parse(json)));
    const month = asked.month ?? (await this.inputs.lastMonth(territory, asked.id));
    if (month !== null) await this.fill(trial, territory, asked.id, month);
    const made = reportOf(trial, month);
    const command = { type: 'RecordDryRun', ...made, month, by, now } as const;
    const { dryRun } = await this.contracts.step(asked, command, context);
    // A request that comes again is answered with what it made the first time.
    return dryRun === undefined || dryRun.sha256 === made.sha256 ? made : this.shown(territory, asked);
  }

  /**
   * The same for any document and the inputs of any contract, and nothing is kept of it: what if?
   *
   * @throws NOT_FOUND for a contract that never was, CONTRACT_INVALID, EXPRESSION_INVALID
   */
  async simulate(
    territory: string,
    document: unknown,
    asked: { readonly inputsOf: string; readonly month?: string },
  ): Promise<DryRun> {
    if ((await this.contracts.list(territory, asked.inputsOf)).length === 0) throw new DomainError('NOT_FOUND');
    const trial = newTrial(loadContract(document));
    const month = asked.month ?? (await this.inputs.lastMonth(territory, asked.inputsOf));
    if (month !== null) await this.fill(trial, territory, asked.inputsOf, month);
    return reportOf(trial, month).report;
  }

  /** @throws NOT_FOUND for a version that was never tried */
  async shown(territory: string, asked: { readonly id: string; readonly version: number }): Promise<ShownDryRun> {
    const { dryRun } = await this.contracts.find(territory, asked.id, asked.version);
    const _id = `${paymentContractIdOf(territory, asked.id, asked.version)}|${dryRun?.sha256 ?? ''}`;
    const found = await this.store.database.db
      .collection<ShownDryRun & { _id: string; territory: string }>(DRY_RUNS)
      .findOne({ _id, territory });
    if (!found) throw new DomainError('NOT_FOUND');
    return { sha256: found.sha256, report: found.report };
  }

  private async fill(trial: Trial, territory: string, contractId: string, month: string): Promise<void> {
    for await (const input of this.inputs.read(territory, { contractId, month, as: trial.contract })) {
      const { subject, contract, lines } = input;
      trySubject(trial, { subject, version: contract.version, lines, priced: await pricedOn(trial, month, input) });
    }
  }
}

/** What a subject is priced on; a roster is summed part by part, so that it is never in memory as a whole. */
async function pricedOn({ contract }: Trial, month: string, { given, members }: RecordedInput) {
  if (!members) return () => ({ contract, given });
  const parts: BucketSum[] = [];
  try {
    for await (const part of members()) parts.push(partUnder(contract, month, given, part));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // It is the subject's refusal, told where the others are.
    return () => {
      throw error;
    };
  }
  return () => monthOfParts(contract, month, given, parts);
}
