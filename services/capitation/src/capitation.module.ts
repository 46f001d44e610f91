import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { paymentContractType } from './aggregates.store';
import { BooksController } from './books.controller';
import { ContractsService, pathwayAccount, settlement } from './contracts.store';
import { EntriesController } from './entries.controller';
import { LedgerReads } from './ledger-reads.store';
import { bookType, headType, lineType } from './ledger.store';
import { MeetingsConsumer } from './meetings.consumer';
import { OverdueSettlements } from './overdue.store';
import { PathwaysConsumer } from './pathways.consumer';
import { PaymentContractsController } from './payment-contracts.controller';
import { SchedulingConsumer } from './scheduling.consumer';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';

@Module({
  imports: [
    StoreModule.forService({
      service: 'capitation',
      aggregates: [paymentContractType, bookType, headType, lineType, pathwayAccount, settlement],
      hears: ['pathways', 'scheduling', 'tele-expertise', 'meetings'],
    }),
  ],
  controllers: [
    PaymentContractsController,
    BooksController,
    EntriesController,
    PathwaysConsumer,
    SchedulingConsumer,
    TeleExpertiseConsumer,
    MeetingsConsumer,
  ],
  providers: [ContractsService, LedgerReads, OverdueSettlements],
})
export class CapitationModule {}
