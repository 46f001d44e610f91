import { call } from './client';

export type Role =
  | 'coordinator'
  | 'specialist'
  | 'requester'
  | 'meeting-secretary'
  | 'chair'
  | 'finance'
  | 'finance-approver'
  | 'protocol-editor'
  | 'territory-administrator'
  | 'patient'
  | 'auditor';

/** Who is signed in, as the portal says it: no token ever reaches the page. */
export interface Session {
  readonly person: { readonly subject: string; readonly name: string; readonly initials: string };
  readonly roles: readonly Role[];
  readonly territory: string;
  readonly practitionerId?: string;
  readonly patientId?: string;
  readonly idleEndsAt: string;
  readonly endsAt: string;
  /** The services' now, which in a demo is not the machine's. */
  readonly now: string;
  readonly mode: 'demo' | 'test' | 'production';
}

export const SESSION_PATH = '/api/session';

/** @throws Problem 401 when nobody is signed in */
export const readSession = (): Promise<Session> => call<Session>(SESSION_PATH, { isBackground: true });

/** Where one signs in and comes back from. */
export const signInAddress = (to: string): string => `/auth/login?to=${encodeURIComponent(to)}`;

/** Ends the session here and gives the address where the provider ends its own. */
export async function signOut(): Promise<string> {
  const { endSessionUrl } = await call<{ endSessionUrl?: string }>('/auth/logout', { method: 'POST', body: {} });
  return endSessionUrl ?? '/';
}
