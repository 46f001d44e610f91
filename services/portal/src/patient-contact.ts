import { type Decider, DomainError, invariant } from '@ariane/kernel';
import type { Channel } from './patient-link';

/** Where and how a patient wants to be written to, and whether about appointments too. */
export interface PatientContact {
  readonly patientId: string;
  readonly channel: Channel;
  readonly address: string;
  readonly language: 'fr' | 'en';
  readonly wantsReminders: boolean;
}

export interface AppointmentNews {
  readonly newsId: string;
  readonly what: 'booked' | 'moved' | 'cancelled';
  /** UTC instants. */
  readonly startsAt?: string;
  readonly at: string;
}

export type PatientContactCommand =
  | { readonly type: 'KnowContact'; readonly contact: Omit<PatientContact, 'wantsReminders'> }
  | {
      readonly type: 'PreferContact';
      readonly preferred: Pick<PatientContact, 'channel' | 'language' | 'wantsReminders'>;
    }
  | { readonly type: 'TellAppointment'; readonly news: AppointmentNews };

export type PatientContactEvent =
  | { readonly type: 'ContactChanged'; readonly data: PatientContact }
  | { readonly type: 'AppointmentTold'; readonly data: AppointmentNews };

/** Nobody is written to about appointments before they have a page and have said that they want it. */
export const patientContact: Decider<PatientContact, PatientContactCommand, PatientContactEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'KnowContact':
        return changed({ ...command.contact, wantsReminders: state?.wantsReminders ?? false });
      case 'PreferContact':
        if (state === undefined) throw new DomainError('NOT_FOUND');
        return changed({ ...state, ...command.preferred });
      case 'TellAppointment':
        return state?.wantsReminders === true ? [{ type: 'AppointmentTold', data: command.news }] : [];
    }
  },
  evolve(state, event) {
    if (event.type === 'ContactChanged') return event.data;
    invariant(state !== undefined, 'who is told has a contact');
    return state;
  },
};

const changed = (data: PatientContact): readonly PatientContactEvent[] => [{ type: 'ContactChanged', data }];
