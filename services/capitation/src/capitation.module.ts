import { AuditModule } from '@ariane/audit';
import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { ActsController } from './acts.controller';
import { disputeType, EntryActs } from './acts.store';
import { paymentContractType } from './aggregates.store';
import { AnalysisController } from './analysis.controller';
import { Analysis } from './analysis.store';
import { BookSums } from './book-sums.store';
import { BooksController } from './books.controller';
import { Closings } from './closing.store';
import { ComparisonController } from './comparison.controller';
import { Comparisons } from './comparison.store';
import { ContractsService, pathwayAccount, settlement } from './contracts.store';
import { DrillDownController } from './drill-down.controller';
import { DrillDown } from './drill-down.store';
import { DryRuns } from './dry-runs.store';
import { EntriesController } from './entries.controller';
import { ExportsController } from './exports.controller';
import { Exports } from './exports.store';
import { KeySimulations } from './key-simulations.store';
import { LedgerReads } from './ledger-reads.store';
import { bookType, guardType, headType, lineType, pendingType, periodType } from './ledger.store';
import { MeetingsConsumer } from './meetings.consumer';
import { OutsideBillsController } from './outside-bills.controller';
import { OutsideBills } from './outside-bills.store';
import { outsideAccrualType, outsideBillType, outsideFileType } from './outside-types.store';
import { OverdueSettlements } from './overdue.store';
import { participationType } from './participation-types.store';
import { OwnBooksController } from './own-books.controller';
import { ParticipationsController } from './participations.controller';
import { Participations } from './participations.store';
import { PassingTime } from './passing-time.store';
import { PathwaysConsumer } from './pathways.consumer';
import { PaymentContractsController } from './payment-contracts.controller';
import { bankAccountType, paymentBatchType, Payments } from './payments.store';
import { PaymentListsController } from './payment-lists.controller';
import { PaymentsController } from './payments.controller';
import { PeriodsController } from './periods.controller';
import { RecordedInputsController } from './recorded-inputs.controller';
import { RecordedInputs } from './recorded-inputs.store';
import { RosterParts } from './roster-parts.store';
import { RosterPricing } from './roster-pricing.store';
import { RosterRuns } from './roster-runs.store';
import { memberType, rosterAccountType, rosterBucketType, rosterFileType } from './roster-types.store';
import { RosterService } from './roster.store';
import { RostersController } from './rosters.controller';
import { SchedulingConsumer } from './scheduling.consumer';
import { SplitKeysController } from './split-keys.controller';
import { SplitKeys, splitKeyType } from './split-keys.store';
import { StatementsController } from './statements.controller';
import { Statements } from './statements.store';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';
import { BookVerifier } from './verify.store';
import { WhatIfController } from './what-if.controller';

@Module({
  imports: [
    StoreModule.forService({
      service: 'capitation',
      aggregates: [
        ...[paymentContractType, bookType, headType, guardType, periodType, lineType, pathwayAccount, settlement],
        ...[
          pendingType,
          disputeType,
          bankAccountType,
          paymentBatchType,
          memberType,
          rosterFileType,
          rosterBucketType,
          rosterAccountType,
          splitKeyType,
          participationType,
        ],
        ...[outsideBillType, outsideFileType, outsideAccrualType],
      ],
      hears: ['pathways', 'scheduling', 'tele-expertise', 'meetings'],
    }),
    AuditModule.forService(),
  ],
  controllers: [
    PaymentContractsController,
    SplitKeysController,
    BooksController,
    EntriesController,
    ActsController,
    PeriodsController,
    StatementsController,
    ExportsController,
    PaymentsController,
    AnalysisController,
    ComparisonController,
    OutsideBillsController,
    DrillDownController,
    OwnBooksController,
    PaymentListsController,
    WhatIfController,
    RecordedInputsController,
    RostersController,
    ParticipationsController,
    PathwaysConsumer,
    SchedulingConsumer,
    TeleExpertiseConsumer,
    MeetingsConsumer,
  ],
  providers: [
    ...[ContractsService, BookSums, LedgerReads, BookVerifier, OverdueSettlements, PassingTime],
    ...[OutsideBills, Comparisons],
    ...[EntryActs, Closings, Statements, Exports, Payments, Analysis, DrillDown, RosterService, RosterRuns],
    ...[Participations, RosterParts, RosterPricing, RecordedInputs, DryRuns, SplitKeys, KeySimulations],
  ],
})
export class CapitationModule {}
