import { AuditModule } from '@ariane/audit';
import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { CaseDecisionsController } from './case-decisions.controller';
import { CasesController } from './cases.controller';
import { MeetingsController } from './meetings.controller';
import { calendars, cases, meetings, pathwayDockets, practitioners } from './meetings.store';
import { PathwaysConsumer } from './pathways.consumer';

@Module({
  imports: [
    StoreModule.forService({
      service: 'meetings',
      aggregates: [meetings, calendars, cases, pathwayDockets, practitioners],
      hears: ['pathways'],
    }),
    AuditModule.forService(),
  ],
  controllers: [MeetingsController, CasesController, CaseDecisionsController, PathwaysConsumer],
})
export class MeetingsModule {}
