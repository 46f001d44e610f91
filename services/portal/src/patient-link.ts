import { type Decider, DomainError, invariant } from '@ariane/kernel';

/** Whom a link lets in: the patient, who the patient trusts, or who takes part in the care from town. */
export type Holder =
  | { readonly kind: 'patient' }
  | { readonly kind: 'trusted-person'; readonly name: string }
  | { readonly kind: 'carer'; readonly name: string }
  | { readonly kind: 'practitioner'; readonly practitionerId: string };

export type Channel = 'email' | 'sms';
type Language = 'fr' | 'en';

/** A browser that showed, by a code, that its owner reads what is sent to the address. */
interface Device {
  readonly deviceId: string;
  /** Machine time, milliseconds since 1970, as are all times of a link. */
  readonly sinceMs: number;
  readonly revokedAtMs?: number;
}

/** A way in without an account: a secret link, and for each new device a code sent to the address. */
export interface PatientLink {
  readonly linkId: string;
  readonly patientId: string;
  readonly pathwayId?: string;
  readonly holder: Holder;
  readonly channel: Channel;
  readonly address: string;
  readonly language: Language;
  /** SHA-256 of the link's secret, which is kept nowhere. */
  readonly tokenHash: string;
  readonly createdBy: string;
  readonly endsAtMs: number;
  readonly revokedAtMs?: number;
  readonly code?: { readonly hash: string; readonly endsAtMs: number; readonly triesLeft: number };
  /** When codes were asked for in the last hour. */
  readonly codesAtMs: readonly number[];
  readonly devices: readonly Device[];
}

export type NewLink = Omit<PatientLink, 'revokedAtMs' | 'code' | 'codesAtMs' | 'devices'>;

/** The message that a command brings about: its id, in the order of machine time, and the clock of care's UTC instant. */
interface Written {
  readonly messageId: string;
  readonly at: string;
}

export type PatientLinkCommand =
  | ({ readonly type: 'MakeLink'; readonly link: NewLink; readonly url: string } & Written)
  | ({ readonly type: 'SendLink'; readonly tokenHash: string; readonly url: string; readonly nowMs: number } & Written)
  | ({ readonly type: 'AskCode'; readonly codeHash: string; readonly code: string; readonly nowMs: number } & Written)
  | { readonly type: 'TryCode'; readonly codeHash: string; readonly deviceId: string; readonly nowMs: number }
  | { readonly type: 'RevokeDevice'; readonly deviceId: string; readonly nowMs: number }
  | { readonly type: 'RevokeLink'; readonly nowMs: number }
  | { readonly type: 'Prefer'; readonly channel: Channel; readonly language: Language };

/** What goes into a message and stands nowhere else. */
interface Sent extends Written {
  readonly url: string;
}

export type PatientLinkEvent =
  | { readonly type: 'LinkMade'; readonly data: { readonly link: NewLink } & Sent }
  | { readonly type: 'LinkSent'; readonly data: { readonly tokenHash: string } & Sent }
  | {
      readonly type: 'CodeAsked';
      readonly data: { readonly hash: string; readonly code: string; readonly nowMs: number } & Written;
    }
  | { readonly type: 'CodeMissed'; readonly data: object }
  | { readonly type: 'DeviceVerified'; readonly data: Device }
  | { readonly type: 'DeviceRevoked'; readonly data: { readonly deviceId: string; readonly nowMs: number } }
  | { readonly type: 'LinkRevoked'; readonly data: { readonly nowMs: number } }
  | { readonly type: 'Preferred'; readonly data: { readonly channel: Channel; readonly language: Language } };

/** A code is read from one device and typed on another: minutes, not hours. */
export const CODE_MS = 600_000;
/** One in 200,000 for who guesses, and enough for who mistypes. */
export const CODE_TRIES = 5;
/** So that nobody floods the address, and so that guesses stay under thirty an hour. */
export const CODES_PER_HOUR = 5;
const HOUR_MS = 3_600_000;

/** Whether a link still lets anybody in. */
export const isOpen = ({ revokedAtMs, endsAtMs }: PatientLink, nowMs: number): boolean =>
  revokedAtMs === undefined && nowMs < endsAtMs;

/** Whether a device that was verified still is. */
export const isTrusted = (link: PatientLink, deviceId: string, nowMs: number): boolean =>
  isOpen(link, nowMs) &&
  link.devices.some((device) => device.deviceId === deviceId && device.revokedAtMs === undefined);

/**
 * A link is made once and sent again with a new secret, under which the former is dead. A wrong code is an event, so
 * that it counts. Throws LINK_ENDED, CODE_ENDED without a code that can be tried, CODES_TOO_MANY.
 */
export const patientLink: Decider<PatientLink, PatientLinkCommand, PatientLinkEvent> = { decide, evolve };

function decide(state: PatientLink | undefined, command: PatientLinkCommand): readonly PatientLinkEvent[] {
  if (command.type === 'MakeLink') {
    const { link, url, messageId, at } = command;
    return state === undefined ? [{ type: 'LinkMade', data: { link, url, messageId, at } }] : [];
  }
  if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
  switch (command.type) {
    case 'SendLink': {
      const { tokenHash, url, messageId, at, nowMs } = command;
      mustBeOpen(state, nowMs);
      return [{ type: 'LinkSent', data: { tokenHash, url, messageId, at } }];
    }
    case 'AskCode':
      return askCode(state, command);
    case 'TryCode':
      return tryCode(state, command);
    case 'RevokeDevice': {
      const { deviceId, nowMs } = command;
      const device = state.devices.find((one) => one.deviceId === deviceId);
      if (device === undefined) throw new DomainError('NOT_FOUND', {}, 'deviceId');
      return device.revokedAtMs === undefined ? [{ type: 'DeviceRevoked', data: { deviceId, nowMs } }] : [];
    }
    case 'RevokeLink':
      return state.revokedAtMs === undefined ? [{ type: 'LinkRevoked', data: { nowMs: command.nowMs } }] : [];
    case 'Prefer': {
      const { channel, language } = command;
      return [{ type: 'Preferred', data: { channel, language } }];
    }
  }
}

function mustBeOpen(state: PatientLink, nowMs: number): void {
  if (!isOpen(state, nowMs)) throw new DomainError('LINK_ENDED');
}

const recent = ({ codesAtMs }: PatientLink, nowMs: number): readonly number[] =>
  codesAtMs.filter((at) => nowMs - at < HOUR_MS);

function askCode(
  state: PatientLink,
  { codeHash: hash, code, messageId, at, nowMs }: Extract<PatientLinkCommand, { type: 'AskCode' }>,
): readonly PatientLinkEvent[] {
  mustBeOpen(state, nowMs);
  if (recent(state, nowMs).length >= CODES_PER_HOUR) throw new DomainError('CODES_TOO_MANY');
  return [{ type: 'CodeAsked', data: { hash, code, nowMs, messageId, at } }];
}

function tryCode(
  state: PatientLink,
  { codeHash, deviceId, nowMs }: Extract<PatientLinkCommand, { type: 'TryCode' }>,
): readonly PatientLinkEvent[] {
  mustBeOpen(state, nowMs);
  const { code } = state;
  if (code === undefined || nowMs >= code.endsAtMs || code.triesLeft === 0) throw new DomainError('CODE_ENDED');
  return codeHash === code.hash
    ? [{ type: 'DeviceVerified', data: { deviceId, sinceMs: nowMs } }]
    : [{ type: 'CodeMissed', data: {} }];
}

function evolve(state: PatientLink | undefined, event: PatientLinkEvent): PatientLink {
  if (event.type === 'LinkMade') return { ...event.data.link, codesAtMs: [], devices: [] };
  invariant(state !== undefined, 'a link begins with LinkMade');
  switch (event.type) {
    case 'LinkSent':
      return { ...withoutCode(state), tokenHash: event.data.tokenHash };
    case 'CodeAsked': {
      const { hash, nowMs } = event.data;
      const code = { hash, endsAtMs: nowMs + CODE_MS, triesLeft: CODE_TRIES };
      return { ...state, code, codesAtMs: [...recent(state, nowMs), nowMs] };
    }
    case 'CodeMissed': {
      const { code } = state;
      return code === undefined ? state : { ...state, code: { ...code, triesLeft: code.triesLeft - 1 } };
    }
    case 'DeviceVerified':
      return { ...withoutCode(state), devices: [...state.devices, event.data] };
    case 'DeviceRevoked': {
      const { deviceId, nowMs } = event.data;
      const devices = state.devices.map((one) => (one.deviceId === deviceId ? { ...one, revokedAtMs: nowMs } : one));
      return { ...state, devices };
    }
    case 'LinkRevoked':
      return { ...withoutCode(state), revokedAtMs: event.data.nowMs };
    case 'Preferred':
      return { ...state, ...event.data };
  }
}

/** A code serves once, and dies with the secret that it was asked with. */
function withoutCode(state: PatientLink): PatientLink {
  const kept = { ...state };
  delete (kept as { code?: PatientLink['code'] }).code; // its own copy
  return kept;
}
