import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { ActsController } from './acts.controller';
import { disputeType, EntryActs, pendingType } from './acts.store';
import { paymentContractType } from './aggregates.store';
import { AnalysisController } from './analysis.controller';
import { Analysis } from './analysis.store';
import { BookSums } from './book-sums.store';
import { BooksController } from './books.controller';
import { Closings } from './closing.store';
import { ContractsService, pathwayAccount, settlement } from './contracts.store';
import { DrillDownController } from './drill-down.controller';
import { DrillDown } from './drill-down.store';
import { EntriesController } from './entries.controller';
import { ExportsController } from './exports.controller';
import { Exports } from './exports.store';
import { LedgerReads } from './ledger-reads.store';
import { bookType, guardType, headType, lineType, periodType } from './ledger.store';
import { MeetingsConsumer } from './meetings.consumer';
import { OverdueSettlements } from './overdue.store';
import { PathwaysConsumer } from './pathways.consumer';
import { PaymentContractsController } from './payment-contracts.controller';
import { bankAccountType, paymentBatchType, Payments } from './payments.store';
import { PaymentsController } from './payments.controller';
import { PeriodsController } from './periods.controller';
import { RecordedInputsController } from './recorded-inputs.controller';
import { RecordedInputs } from './recorded-inputs.store';
import { RosterRuns } from './roster-runs.store';
import { memberType, rosterAccountType, rosterBucketType, rosterFileType } from './roster-types.store';
import { RosterService } from './roster.store';
import { RostersController } from './rosters.controller';
import { SchedulingConsumer } from './scheduling.consumer';
import { StatementsController } from './statements.controller';
import { Statements } from './statements.store';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';
import { BookVerifier } from './verify.store';

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
        ],
      ],
      hears: ['pathways', 'scheduling', 'tele-expertise', 'meetings'],
    }),
  ],
  controllers: [
    PaymentContractsController,
    BooksController,
    EntriesController,
    ActsController,
    PeriodsController,
    StatementsController,
    ExportsController,
    PaymentsController,
    AnalysisController,
    DrillDownController,
    RecordedInputsController,
    RostersController,
    PathwaysConsumer,
    SchedulingConsumer,
    TeleExpertiseConsumer,
    MeetingsConsumer,
  ],
  providers: [
    ...[ContractsService, BookSums, LedgerReads, BookVerifier, OverdueSettlements, RecordedInputs],
    ...[EntryActs, Closings, Statements, Exports, Payments, Analysis, DrillDown, RosterService, RosterRuns],
  ],
})
export class CapitationModule {}
