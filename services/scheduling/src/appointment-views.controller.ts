import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Appointment } from './appointment';
import type { Slot, VisitMode } from './slot';
import type { Wish } from './visit';

const uuid = { format: 'uuid' } as const;
const instant = { format: 'date-time', description: 'UTC instant.' } as const;
export const modes: readonly VisitMode[] = ['on-site', 'tele'];

/** The fields of a view or a body, without its class: what handlers return and take apart are plain objects. */
export type Fields<T> = Pick<T, keyof T>;

/** A slot as it is answered. */
export class SlotView implements Slot {
  @ApiProperty(uuid)
  readonly calendarId!: string; // a view documents what the handler returns

  @ApiPropertyOptional(uuid)
  readonly practitionerId?: string;

  @ApiProperty({ type: [String] })
  readonly resources!: readonly string[]; // see calendarId

  @ApiProperty(instant)
  readonly startsAt!: string; // see calendarId

  @ApiProperty(instant)
  readonly endsAt!: string; // see calendarId

  @ApiProperty({ enum: modes })
  readonly mode!: VisitMode; // see calendarId
}

/** An appointment as it is answered: what its status has, nothing else. */
export class AppointmentView {
  @ApiProperty(uuid)
  readonly id!: string; // a view documents what the handler returns

  @ApiProperty({ type: 'integer' })
  readonly version!: number; // see id

  @ApiProperty({ enum: ['waiting', 'held', 'booked', 'attended', 'missed', 'cancelled'] })
  readonly status!: Appointment['status']; // see id

  @ApiProperty(uuid)
  readonly pathwayId!: string; // see id

  @ApiProperty(uuid)
  readonly patientId!: string; // see id

  @ApiProperty()
  readonly stepKey!: string; // see id

  @ApiProperty()
  readonly visitKind!: string; // see id

  @ApiPropertyOptional({ type: SlotView })
  readonly slot?: SlotView;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What a waiting one waits for.' })
  readonly wish?: Wish;

  @ApiPropertyOptional(instant)
  readonly heldUntil?: string;

  @ApiPropertyOptional({ description: 'Why it was cancelled or missed, a code.' })
  readonly reason?: string;

  @ApiPropertyOptional(instant)
  readonly attendedAt?: string;

  @ApiPropertyOptional({ ...uuid, description: 'The professional who saw the patient.' })
  readonly seenBy?: string;

  @ApiPropertyOptional(instant)
  readonly missedAt?: string;

  @ApiPropertyOptional(instant)
  readonly cancelledAt?: string;
}

/** A page of appointments, in the order of their ids. */
export class AppointmentPage {
  @ApiProperty({ type: [AppointmentView] })
  readonly items!: readonly AppointmentView[]; // see AppointmentView.id

  @ApiPropertyOptional()
  readonly next?: string;
}

/** A page of free slots, earliest first. */
export class SlotPage {
  @ApiProperty({ type: [SlotView] })
  readonly items!: readonly SlotView[]; // see AppointmentView.id

  @ApiPropertyOptional()
  readonly next?: string;
}

export function viewOf({
  state,
  version,
}: {
  readonly state: Appointment;
  readonly version: number;
}): Fields<AppointmentView> {
  const { appointmentId: id, ...rest } = state;
  return { id, version, ...rest };
}
