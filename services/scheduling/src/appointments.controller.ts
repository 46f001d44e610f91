import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, epochOf } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, Discloses, IdPipe, IsCode, IsId, IsInstant } from '@ariane/service';
import { afterCursor, idOf, type Page, pageOf, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Appointment, AppointmentCommand } from './appointment';
import { VisitBody } from './appointment-requests.controller';
import { AppointmentPage, AppointmentView, type Fields, modes, viewOf } from './appointment-views.controller';
import { appointments } from './appointments.store';
import { Deadlines } from './deadlines.store';
import { instantAt, type Slot, type VisitMode } from './slot';
import { Slots } from './slots.store';
import { type Visit, visitOf } from './visit';

class SlotChoice {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  calendarId!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time', description: 'On the five-minute grid, within opening hours.' })
  @IsInstant()
  startsAt!: string; // set by the validation pipe

  @ApiPropertyOptional({ enum: modes })
  @IsOptional()
  @IsIn(modes)
  mode?: VisitMode;
}

class BookBody extends VisitBody implements SlotChoice {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  calendarId!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time', description: 'On the five-minute grid, within opening hours.' })
  @IsInstant()
  startsAt!: string; // set by the validation pipe

  @ApiPropertyOptional({ enum: modes })
  @IsOptional()
  @IsIn(modes)
  mode?: VisitMode;
}

class MoveBody extends SlotChoice {
  @ApiProperty({ maxLength: 64, description: 'A code, such as `patient-asked`.' })
  @IsCode()
  reason!: string; // set by the validation pipe
}

class ReasonBody {
  @ApiProperty({ maxLength: 64, description: 'A code, such as `practitioner-away`.' })
  @IsCode()
  reason!: string; // set by the validation pipe
}

class AttendedBody {
  @ApiPropertyOptional({ format: 'uuid', description: 'Who saw the patient, when not the calendar’s practitioner.' })
  @IsOptional()
  @IsId()
  practitionerId?: string;
}

const statuses: readonly Appointment['status'][] = ['waiting', 'held', 'booked', 'attended', 'missed', 'cancelled'];

class ListQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  patientId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  practitionerId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Starting at this instant or later.' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Starting before this instant.' })
  @IsOptional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: Appointment['status'];
}

/** Appointments: booked by humans, confirmed, moved, cancelled, and what came of them. */
@ApiTags('appointments')
@Controller('appointments')
export class AppointmentsController {
  constructor(
    private readonly store: Store,
    private readonly slots: Slots,
    private readonly deadlines: Deadlines,
  ) {}

  @Post()
  @ApiCommand()
  @Can('book', 'Appointment')
  @ApiOperation({ summary: 'Books a given slot, for a new visit or one that waits.' })
  @ApiCreatedResponse({ type: AppointmentView })
  async book(@Body() body: BookBody, @Caller() caller: CallerContext): Promise<Fields<AppointmentView>> {
    const visit = visitOf(body);
    const slot = (await this.slotHeld(visit, body, caller)) ?? (await this.slotChosen(visit.visitKind, body, caller));
    const command: AppointmentCommand = { type: 'BookAppointment', visit, slot, now: caller.now };
    return this.handle(visit.appointmentId, command, caller);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiCommand()
  @Can('book', 'Appointment')
  @ApiOperation({ summary: 'Books a held slot.' })
  @ApiOkResponse({ type: AppointmentView })
  confirm(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<Fields<AppointmentView>> {
    return this.handle(id, { type: 'ConfirmAppointment', now: caller.now }, caller);
  }

  @Post(':id/move')
  @HttpCode(200)
  @ApiCommand()
  @Can('book', 'Appointment')
  @ApiOperation({ summary: 'Moves a held or booked appointment to another slot.' })
  @ApiOkResponse({ type: AppointmentView })
  async move(@Param('id', IdPipe) id: string, @Body() body: MoveBody, @Caller() caller: CallerContext) {
    const { visitKind } = await this.existing(id, caller.territory);
    const slot = await this.slotChosen(visitKind, body, caller);
    const { reason } = body;
    const moved = await this.handle(id, { type: 'MoveAppointment', slot, reason, now: caller.now }, caller);
    this.deadlines.madeRoom();
    return moved;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiCommand()
  @Can('book', 'Appointment')
  @ApiOperation({ summary: 'Cancels an appointment that has not started; its slot is free again.' })
  @ApiOkResponse({ type: AppointmentView })
  async cancel(@Param('id', IdPipe) id: string, @Body() body: ReasonBody, @Caller() caller: CallerContext) {
    const { reason } = body;
    const cancelled = await this.handle(id, { type: 'CancelAppointment', reason, now: caller.now }, caller);
    this.deadlines.madeRoom();
    return cancelled;
  }

  @Post(':id/attended')
  @HttpCode(200)
  @ApiCommand()
  @Can('record', 'Appointment')
  @ApiOperation({ summary: 'Records that the visit took place: evidence for who saw the patient.' })
  @ApiOkResponse({ type: AppointmentView })
  attended(@Param('id', IdPipe) id: string, @Body() body: AttendedBody, @Caller() caller: CallerContext) {
    const { practitionerId } = body;
    return this.handle(id, { type: 'RecordAttended', practitionerId, now: caller.now }, caller);
  }

  @Post(':id/missed')
  @HttpCode(200)
  @ApiCommand()
  @Can('record', 'Appointment')
  @ApiOperation({ summary: 'Records that the visit did not take place, for a reason.' })
  @ApiOkResponse({ type: AppointmentView })
  missed(@Param('id', IdPipe) id: string, @Body() body: ReasonBody, @Caller() caller: CallerContext) {
    return this.handle(id, { type: 'RecordMissed', reason: body.reason, now: caller.now }, caller);
  }

  @Get(':id')
  @Can('read', 'Appointment')
  @ApiOperation({ summary: 'One appointment.' })
  @ApiOkResponse({ type: AppointmentView })
  @Discloses('read-appointment')
  async read(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<Fields<AppointmentView>> {
    const found = await this.store.read(appointments, reader.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND');
    return viewOf(found);
  }

  @Get()
  @Can('read', 'Appointment')
  @ApiOperation({ summary: 'Appointments of a pathway, a patient or a practitioner.' })
  @ApiOkResponse({ type: AppointmentPage })
  @Discloses('list-appointments')
  async list(@Query() query: ListQuery, @Reader() reader: ReaderContext): Promise<Page<Fields<AppointmentView>>> {
    const { limit } = query;
    const found = await this.store.find(appointments, reader.territory, filterOf(query), { limit: limit + 1 });
    return pageOf(found.map(viewOf), limit, idOf);
  }

  private async handle(id: string, command: AppointmentCommand, caller: CallerContext) {
    return viewOf(await this.store.handle(appointments, id, command, contextOf(caller)));
  }

  private async existing(id: string, territory: string): Promise<Appointment> {
    const found = await this.store.read(appointments, territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  private slotChosen(visitKind: string, choice: Fields<SlotChoice>, { territory }: CallerContext): Promise<Slot> {
    const { calendarId, startsAt, mode } = choice;
    return this.slots.offered(territory, calendarId, { visitKind, mode }, startsAt);
  }

  /** The slot it has already, when the same booking comes again: the calendar may have closed since. */
  private async slotHeld(
    visit: Visit,
    choice: Fields<SlotChoice>,
    { territory }: CallerContext,
  ): Promise<Slot | undefined> {
    const found = await this.store.read(appointments, territory, visit.appointmentId);
    if (found === undefined || !('slot' in found.state)) return undefined;
    const { slot } = found.state;
    const same = slot.calendarId === choice.calendarId && epochOf(slot.startsAt) === epochOf(choice.startsAt);
    return same ? slot : undefined;
  }
}

function filterOf({ pathwayId, patientId, practitionerId, from, to, status, cursor }: ListQuery) {
  const startsAt = { ...(from && { $gte: second(from) }), ...(to && { $lt: second(to) }) };
  return {
    ...(pathwayId && { pathwayId }),
    ...(patientId && { patientId }),
    ...(practitionerId && { 'slot.practitionerId': practitionerId }),
    ...(status && { status }),
    ...(Object.keys(startsAt).length > 0 && { 'slot.startsAt': startsAt }),
    ...afterCursor(cursor),
  };
}

/** Slots are written to the second and compared as texts. */
const second = (instant: string): string => instantAt(epochOf(instant));
