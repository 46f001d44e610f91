import { Can, mayDo, queryOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  IdPipe,
  IsId,
  IsInstant,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Appointment } from './appointment';
import { appointments } from './appointments.store';
import { Deadlines } from './deadlines.store';
import { proposalsOf, proposalWindow } from './proposals';
import { Slots } from './slots.store';

const SHOWN_MAX = 100;

class ChoiceBody {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  calendarId!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time', description: 'Of one of the proposals.' })
  @IsInstant()
  startsAt!: string; // set by the validation pipe
}

/** Appointments as the patient reads and moves them: neither step nor kind of visit, which could name an illness. */
@ApiTags('appointments')
@Controller('own-appointments')
export class OwnAppointmentsController {
  constructor(
    private readonly store: Store,
    private readonly slots: Slots,
    private readonly deadlines: Deadlines,
  ) {}

  @Get()
  @Can('read-own', 'Appointment')
  @Discloses('list-appointments')
  @ApiOperation({ summary: 'One’s own appointments, in their order' })
  @ApiOkResponse({ description: '`{items}`: id, status, startsAt, endsAt, mode, practitionerId' })
  async list(@Reader() reader: ReaderContext): Promise<object> {
    const open = { status: { $in: ['waiting', 'held', 'booked'] } };
    const filter = { $and: [queryOf(reader.principal, 'read-own', 'Appointment'), open] };
    const found = await this.store.find(appointments, reader.territory, filter, { limit: SHOWN_MAX });
    const items = found.map(({ state }) => ownView(state));
    return { items: items.sort((one, other) => (one.startsAt ?? '~').localeCompare(other.startsAt ?? '~')) };
  }

  @Get(':id/proposals')
  @Can('read-own', 'Appointment')
  @Discloses('read-appointment')
  @ApiOperation({ summary: 'Up to three other times for an appointment, each on another day' })
  @ApiOkResponse({ description: '`{items}`: calendarId, startsAt, endsAt, mode, practitionerId' })
  async proposals(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<object> {
    const state = await this.own(id, reader);
    if (state.status !== 'booked' && state.status !== 'held') return { patientId: state.patientId, items: [] };
    const { visitKind, patientId, slot } = state;
    const window = proposalWindow(slot, reader.now);
    const ask = { visitKind, mode: slot.mode, practitionerId: slot.practitionerId };
    const free = await this.slots.free(reader.territory, ask, window, patientId);
    const items = proposalsOf(free, slot).map(({ calendarId, startsAt, endsAt, mode, practitionerId }) => ({
      ...{ calendarId, startsAt, endsAt, mode, practitionerId },
    }));
    return { patientId, items };
  }

  /** Throws NOT_FOUND for somebody else’s, SLOT_NOT_OFFERED for a time that was no proposal, SLOT_TAKEN. */
  @Post(':id/choose')
  @HttpCode(200)
  @Can('move-own', 'Appointment')
  @ApiCommand()
  @ApiOperation({ summary: 'Move one’s own appointment to one of the proposals' })
  @ApiOkResponse({ description: '`{id, status, startsAt, endsAt, mode}`' })
  async choose(
    @Param('id', IdPipe) id: string,
    @Body() { calendarId, startsAt }: ChoiceBody,
    @Caller() caller: CallerContext,
  ): Promise<object> {
    const state = await this.own(id, caller);
    if (state.status !== 'booked' && state.status !== 'held') {
      throw new DomainError('STATE_CONFLICT', { state: state.status });
    }
    const { visitKind, slot: former } = state;
    const ask = { visitKind, mode: former.mode, practitionerId: former.practitionerId };
    const slot = await this.slots.offered(caller.territory, calendarId, ask, startsAt);
    const { from, to } = proposalWindow(former, caller.now);
    const at = Date.parse(slot.startsAt);
    if (at < from || at >= to || slot.practitionerId !== former.practitionerId) {
      throw new DomainError('SLOT_NOT_OFFERED', {}, 'startsAt');
    }
    const command = { type: 'MoveAppointment', slot, reason: 'patient-asked', now: caller.now } as const;
    const moved = await this.store.handle(appointments, id, command, contextOf(caller));
    this.deadlines.madeRoom();
    return ownView(moved.state);
  }

  /** Throws NOT_FOUND for somebody else’s, HOLD_EXPIRED. */
  @Post(':id/accept')
  @HttpCode(200)
  @Can('move-own', 'Appointment')
  @ApiCommand()
  @ApiOperation({ summary: 'Take the time that one’s team proposes' })
  @ApiOkResponse({ description: '`{id, status, startsAt, endsAt, mode}`' })
  async accept(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<object> {
    await this.own(id, caller);
    const command = { type: 'ConfirmAppointment', now: caller.now } as const;
    return ownView((await this.store.handle(appointments, id, command, contextOf(caller))).state);
  }

  private async own(id: string, reader: ReaderContext): Promise<Appointment> {
    const found = await this.store.read(appointments, reader.territory, id);
    if (found === undefined || !mayDo(reader.principal, 'read-own', 'Appointment', { ...found.state }))
      throw new DomainError('NOT_FOUND', {}, 'id');
    return found.state;
  }
}

/** What an appointment is to the patient. */
interface OwnView {
  readonly id: string;
  readonly status: Appointment['status'];
  readonly patientId: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly mode?: string;
  readonly practitionerId?: string;
}

function ownView(state: Appointment): OwnView {
  const { appointmentId: id, status, patientId } = state;
  if (!('slot' in state)) return { id, status, patientId };
  const { startsAt, endsAt, mode, practitionerId } = state.slot;
  return { id, status, patientId, startsAt, endsAt, mode, ...(practitionerId === undefined ? {} : { practitionerId }) };
}
