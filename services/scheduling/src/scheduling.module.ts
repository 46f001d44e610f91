import { AuditModule } from '@ariane/audit';
import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { AppointmentRequestsController } from './appointment-requests.controller';
import { AppointmentsController } from './appointments.controller';
import { appointments, calendars, pathwayAgendas } from './appointments.store';
import { CalendarsController } from './calendars.controller';
import { Deadlines } from './deadlines.store';
import { OwnAppointmentsController } from './own-appointments.controller';
import { PathwaysConsumer } from './pathways.consumer';
import { DutyController } from './duty.controller';
import { dutyRosters, leaves } from './duty.store';
import { Placement } from './placement.store';
import { Slots } from './slots.store';

@Module({
  imports: [
    StoreModule.forService({
      service: 'scheduling',
      aggregates: [appointments, calendars, pathwayAgendas, dutyRosters, leaves],
      hears: ['pathways'],
    }),
    AuditModule.forService(),
  ],
  controllers: [
    AppointmentRequestsController,
    AppointmentsController,
    OwnAppointmentsController,
    CalendarsController,
    DutyController,
    PathwaysConsumer,
  ],
  providers: [Deadlines, Placement, Slots],
})
export class SchedulingModule {}
