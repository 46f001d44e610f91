import { type Aggregate, type Effect, effect } from '@ariane/store';
import { message, type Message, type MessageCommand, type MessageEvent } from './message';
import { appointmentMessage, codeMessage, linkMessage } from './message-texts';
import {
  patientContact,
  type PatientContact,
  type PatientContactCommand,
  type PatientContactEvent,
} from './patient-contact';
import { patientLink, type PatientLink, type PatientLinkCommand, type PatientLinkEvent } from './patient-link';

/** Where the people of this territory live: what is written to them has their hours. */
const TIME_ZONE = 'Europe/Paris';

const own = {
  facts: {},
  subject: (_state: object, _event: object, id: string): string => id,
  patient: ({ patientId }: { readonly patientId: string }): string => patientId,
};

/** What is sent outside; all of it but its status is sealed with the patient's key. */
export const messages: Aggregate<Message, MessageCommand, MessageEvent> = {
  ...message,
  ...own,
  name: 'message',
  collection: 'messages',
  sealed: ['address', 'subject', 'text', 'url', 'code'],
  indexes: [{ keys: { status: 1 } }],
};

/** How each patient wants to be written to. */
export const patientContacts: Aggregate<PatientContact, PatientContactCommand, PatientContactEvent> = {
  ...patientContact,
  ...own,
  name: 'patient-contact',
  collection: 'patientContacts',
  sealed: ['address'],
  follow(event, { patientId, channel, address, language }) {
    if (event.type !== 'AppointmentTold') return [];
    const { newsId, what, startsAt, at } = event.data;
    const written = appointmentMessage(what, startsAt, { language, timeZone: TIME_ZONE });
    const about = { messageId: newsId, patientId, purpose: 'appointment', channel, address, ...written } as const;
    return [effect(messages, newsId, { type: 'WriteMessage', message: about, at })];
  },
};

/** Ways in without an account. */
export const patientLinks: Aggregate<PatientLink, PatientLinkCommand, PatientLinkEvent> = {
  ...patientLink,
  ...own,
  name: 'patient-link',
  collection: 'patientLinks',
  sealed: ['address', 'holder', 'code'],
  indexes: [{ keys: { tokenHash: 1 } }, { keys: { patientId: 1 } }],
  follow(event, link) {
    switch (event.type) {
      case 'LinkMade':
        return [send(link, event.data, { url: event.data.url }), ...known(link)];
      case 'LinkSent':
        return [send(link, event.data, { url: event.data.url })];
      case 'CodeAsked':
        return [send(link, event.data, { code: event.data.code })];
      default:
        return [];
    }
  },
};

function send(
  link: PatientLink,
  { messageId, at }: { readonly messageId: string; readonly at: string },
  secret: { readonly url: string } | { readonly code: string },
): Effect {
  const { patientId, channel, address, holder, language } = link;
  const isCode = 'code' in secret;
  const written = isCode ? codeMessage(secret.code, language) : linkMessage(holder, language);
  const purpose = isCode ? ('code' as const) : ('link' as const);
  const one = { messageId, patientId, purpose, channel, address, ...written, ...secret };
  return effect(messages, messageId, { type: 'WriteMessage', message: one, at });
}

/** The patient's own link says where the patient is written to; that of somebody else does not. */
function known({ patientId, channel, address, language, holder }: PatientLink): readonly Effect[] {
  if (holder.kind !== 'patient') return [];
  const contact = { patientId, channel, address, language };
  return [effect(patientContacts, patientId, { type: 'KnowContact', contact })];
}
