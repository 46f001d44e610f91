import type { Tone } from '../../ui';

type VisitMode = 'on-site' | 'tele';

export interface Slot {
  readonly calendarId: string;
  readonly practitionerId?: string;
  readonly resources: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly mode: VisitMode;
}

export type AppointmentStatus = 'waiting' | 'held' | 'booked' | 'attended' | 'missed' | 'cancelled';

/** Who is to be seen, for which step of which pathway. */
export interface Visit {
  readonly appointmentId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly visitKind: string;
}

export interface Appointment extends Omit<Visit, 'appointmentId'> {
  readonly id: string;
  readonly version: number;
  readonly status: AppointmentStatus;
  readonly slot?: Slot;
  readonly wish?: {
    readonly role: string;
    readonly practitionerId?: string;
    readonly dueFrom: string;
    readonly latest?: string;
  };
  readonly heldUntil?: string;
  readonly reason?: string;
}

export const visitOf = ({ id, pathwayId, patientId, stepKey, visitKind }: Appointment): Visit => ({
  appointmentId: id,
  pathwayId,
  patientId,
  stepKey,
  visitKind,
});

export const appointmentTones: Readonly<Record<AppointmentStatus, Tone>> = {
  waiting: 'late',
  held: 'waiting',
  booked: 'calm',
  attended: 'done',
  missed: 'urgent',
  cancelled: 'info',
};

export interface Calendar {
  readonly id: string;
  readonly practitionerId?: string;
  readonly resources: readonly string[];
  readonly visits: readonly { readonly visitKind: string; readonly minutes: number }[];
  /** 1 is Monday; wall-clock times of the calendar's zone. */
  readonly hours: readonly { readonly weekday: number; readonly from: string; readonly to: string }[];
  readonly timeZone: string;
  readonly exceptions: readonly {
    readonly from: string;
    readonly to: string;
    readonly open: boolean;
    readonly reason: string;
  }[];
}

export const SCHEDULING = '/api/scheduling';
/** Reads that a change of an appointment makes old. */
export const changedByBooking = ['/api/scheduling', '/api/pathways'];

export const moveReasons = ['patient-asked', 'practitioner-away', 'earlier-slot', 'transport'] as const;
export const cancelReasons = ['patient-asked', 'practitioner-away', 'no-longer-needed', 'booked-by-mistake'] as const;
export const missReasons = ['patient-absent', 'patient-ill', 'transport', 'practitioner-away'] as const;
