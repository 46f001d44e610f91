import { DomainError, fold } from '@ariane/kernel';
import { codeHashOf, linkTokenOf, linkUrl, maskedAddress } from './link-token';
import { personOf } from './link-person';
import { message } from './message';
import { appointmentMessage, codeMessage, linkMessage } from './message-texts';
import { patientContact } from './patient-contact';
import {
  CODE_MS,
  CODE_TRIES,
  CODES_PER_HOUR,
  isOpen,
  isTrusted,
  patientLink,
  type NewLink,
  type PatientLink,
  type PatientLinkCommand,
} from './patient-link';

const NOW = 1_700_000_000_000;
const at = '2026-11-24T08:00:00Z';
const link: NewLink = {
  linkId: 'l1',
  patientId: 'p1',
  holder: { kind: 'patient' },
  channel: 'sms',
  address: '+33600000012',
  language: 'fr',
  tokenHash: 'h1',
  createdBy: 'c1',
  endsAtMs: NOW + 1_000 * 86_400,
};
const make = { type: 'MakeLink', link, url: 'u', messageId: 'm1', at } as const;
const ask = (nowMs: number, codeHash = 'right') =>
  ({ type: 'AskCode', codeHash, code: '123456', messageId: 'm2', at, nowMs }) as const;
const attempt = (nowMs: number, codeHash: string, deviceId = 'd1') =>
  ({ type: 'TryCode', codeHash, deviceId, nowMs }) as const;

function given(...commands: readonly PatientLinkCommand[]): PatientLink {
  const state = commands.reduce<PatientLink | undefined>(
    (before, command) => fold(patientLink, before, patientLink.decide(before, command)),
    undefined,
  );
  if (state === undefined) throw new Error('Nothing was given.');
  return state;
}

function refusal(state: PatientLink, command: PatientLinkCommand): string {
  try {
    patientLink.decide(state, command);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a link', () => {
  it('lets a device in by the right code, once', () => {
    const state = given(make, ask(NOW), attempt(NOW + 1, 'right'));
    expect(isTrusted(state, 'd1', NOW + 2)).toBe(true);
    expect(refusal(state, attempt(NOW + 2, 'right', 'd2'))).toBe('CODE_ENDED');
  });

  it('counts wrong codes, and refuses even the right one after the last try', () => {
    const wrong = Array.from({ length: CODE_TRIES }, (_, index) => attempt(NOW + index, 'wrong'));
    const state = given(make, ask(NOW), ...wrong);
    expect(state.devices).toEqual([]);
    expect(refusal(state, attempt(NOW + 9, 'right'))).toBe('CODE_ENDED');
    expect(refusal(given(make, ask(NOW), ...wrong.slice(1)), attempt(NOW + 9, 'right'))).toBe('none');
  });

  it('takes a code for ten minutes', () => {
    const state = given(make, ask(NOW));
    expect(refusal(state, attempt(NOW + CODE_MS - 1, 'right'))).toBe('none');
    expect(refusal(state, attempt(NOW + CODE_MS, 'right'))).toBe('CODE_ENDED');
  });

  it('takes the latest code only', () => {
    const state = given(make, ask(NOW, 'former'), ask(NOW + 1, 'latest'));
    expect(given(make, ask(NOW, 'former'), ask(NOW + 1, 'latest'), attempt(NOW + 2, 'former')).devices).toEqual([]);
    expect(refusal(state, attempt(NOW + 2, 'latest'))).toBe('none');
  });

  it('sends so many codes an hour and no more', () => {
    const asked = Array.from({ length: CODES_PER_HOUR }, (_, index) => ask(NOW + index));
    const state = given(make, ...asked);
    expect(refusal(state, ask(NOW + 10))).toBe('CODES_TOO_MANY');
    expect(refusal(state, ask(NOW + 3_600_000))).toBe('none');
  });

  it('that is sent again has another secret, and a code asked with the former is dead', () => {
    const send = { type: 'SendLink', tokenHash: 'h2', url: 'u2', messageId: 'm3', at, nowMs: NOW } as const;
    const state = given(make, ask(NOW), send);
    expect(state.tokenHash).toBe('h2');
    expect(refusal(state, attempt(NOW + 1, 'right'))).toBe('CODE_ENDED');
  });

  it('that is revoked or has ended lets nobody in, nor those who were in', () => {
    const state = given(make, ask(NOW), attempt(NOW, 'right'));
    const revoked = given(make, ask(NOW), attempt(NOW, 'right'), { type: 'RevokeLink', nowMs: NOW });
    expect([isOpen(revoked, NOW), isTrusted(revoked, 'd1', NOW)]).toEqual([false, false]);
    expect(refusal(revoked, ask(NOW))).toBe('LINK_ENDED');
    expect(isTrusted(state, 'd1', link.endsAtMs)).toBe(false);
    expect(refusal(state, ask(link.endsAtMs))).toBe('LINK_ENDED');
  });

  it('loses one device and keeps the others', () => {
    const verified = [make, ask(NOW), attempt(NOW, 'right', 'd1'), ask(NOW), attempt(NOW, 'right', 'd2')];
    const state = given(...verified, { type: 'RevokeDevice', deviceId: 'd1', nowMs: NOW });
    expect([isTrusted(state, 'd1', NOW), isTrusted(state, 'd2', NOW)]).toEqual([false, true]);
    expect(refusal(state, { type: 'RevokeDevice', deviceId: 'd3', nowMs: NOW })).toBe('NOT_FOUND');
  });

  it('keeps neither the link nor the code in its state', () => {
    const kept = JSON.stringify(given({ ...make, url: 'https://x/patient#secret' }, ask(NOW)));
    expect(kept).not.toMatch(/secret|123456/);
  });
});

describe('the secret of a link', () => {
  const secret = 'A'.repeat(43);

  it('stands behind the #, where no server reads it', () => {
    const url = linkUrl('https://ariane.example', 'patient', { territory: 'demo', secret });
    expect(new URL(url).pathname).toBe('/patient');
    expect(linkTokenOf(new URL(url).hash.slice(1))).toEqual({ territory: 'demo', secret });
  });

  it.each([
    '',
    'demo',
    `demo.${'A'.repeat(42)}`,
    `demo.${'A'.repeat(44)}`,
    `Demo.${secret}`,
    `.${secret}`,
    `a.b.${secret}`,
  ])('is of one shape: %p is none', (text) => {
    expect(linkTokenOf(text)).toBeUndefined();
  });

  it('goes into what a code is kept as', () => {
    expect(codeHashOf(secret, '123456')).not.toBe(codeHashOf('B'.repeat(43), '123456'));
  });
});

describe('who comes by a link', () => {
  it('reads as the patient and stands in audits under a name of their own, or is a professional', () => {
    const trusted = given({ ...make, link: { ...link, holder: { kind: 'trusted-person', name: 'Démo Ada' } } });
    expect(personOf(given(make), 'demo')).toEqual({
      ...{ subject: 'p1', name: '', roles: ['patient'], territory: 'demo', patientId: 'p1' },
    });
    expect(personOf(trusted, 'demo')).toMatchObject({
      ...{ subject: 'trusted-person:l1', roles: ['patient'], trustedBy: 'p1' },
    });
    const doctor = given({ ...make, link: { ...link, holder: { kind: 'practitioner', practitionerId: 'x1' } } });
    expect(personOf(doctor, 'demo')).toMatchObject({ subject: 'x1', practitionerId: 'x1', roles: ['requester'] });
    expect(personOf(doctor, 'demo').patientId).toBeUndefined();
  });

  it.each([
    ['claire@exemple.fr', 'c•••@exemple.fr'],
    ['+33600000012', '•• 12'],
  ])('recognises %p as %p', (address, shown) => {
    expect(maskedAddress(address)).toBe(shown);
  });
});

describe('what is written to people', () => {
  const told = { type: 'TellAppointment', news: { newsId: 'n1', what: 'booked', startsAt: at, at } } as const;
  const contact = { patientId: 'p1', channel: 'sms', address: 'x', language: 'fr' } as const;

  it('tells of an appointment whoever asked for it, and nobody else', () => {
    const known = fold(patientContact, undefined, patientContact.decide(undefined, { type: 'KnowContact', contact }));
    const preferred = { channel: 'sms', language: 'fr', wantsReminders: true } as const;
    const opted = fold(patientContact, known, patientContact.decide(known, { type: 'PreferContact', preferred }));
    expect([undefined, known, opted].map((state) => patientContact.decide(state, told).length)).toEqual([0, 0, 1]);
  });

  it('keeps the choice of a patient whose link is made again', () => {
    const opted = { ...contact, wantsReminders: true };
    const again = patientContact.decide(opted, { type: 'KnowContact', contact: { ...contact, address: 'y' } });
    expect(fold(patientContact, opted, again)).toEqual({ ...opted, address: 'y' });
  });

  it('says the hour of the territory and nothing of an illness', () => {
    const french = appointmentMessage('moved', at, { language: 'fr', timeZone: 'Europe/Paris' });
    expect(french.text).toBe('Votre rendez-vous est déplacé : mardi 24 novembre à 09:00.');
    const all = (['fr', 'en'] as const).flatMap((language) => [
      linkMessage({ kind: 'patient' }, language),
      linkMessage({ kind: 'carer', name: 'x' }, language),
      codeMessage('123456', language),
      appointmentMessage('cancelled', undefined, { language, timeZone: 'Europe/Paris' }),
    ]);
    for (const { subject, text } of all)
      expect(`${subject} ${text}`).not.toMatch(/cancer|onco|protocol|hôpital|hospital/i);
  });

  it('is written once and marked once', () => {
    const one = { messageId: 'm1', patientId: 'p1', purpose: 'code', channel: 'sms', address: 'x', subject: 's', text: 't' } as const; // prettier-ignore
    const write = { type: 'WriteMessage', message: one, at } as const;
    const written = fold(message, undefined, message.decide(undefined, write));
    expect(written).toMatchObject({ status: 'waiting', at });
    expect(message.decide(written, write)).toEqual([]);
    const sent = fold(message, written, message.decide(written, { type: 'MarkSent' }));
    expect(message.decide(sent, { type: 'MarkSent' })).toEqual([]);
  });
});
