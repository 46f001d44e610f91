import { AuditModule } from '@ariane/audit';
import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { Deadlines } from './deadlines.store';
import { OpinionReadsController } from './opinion-reads.controller';
import { OpinionRequestsController } from './opinion-requests.controller';
import { opinionRequests, pathwayDockets, practitioners } from './opinion-requests.store';
import { PathwaysConsumer } from './pathways.consumer';

@Module({
  imports: [
    StoreModule.forService({
      service: 'tele-expertise',
      aggregates: [opinionRequests, pathwayDockets, practitioners],
      hears: ['pathways'],
    }),
    AuditModule.forService(),
  ],
  controllers: [OpinionRequestsController, OpinionReadsController, PathwaysConsumer],
  providers: [Deadlines],
})
export class TeleExpertiseModule {}
