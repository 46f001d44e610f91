/** Who acted, as a service keeps it: a program, an account, perhaps in the name of another, or somebody named in words. */
export type ActorParts =
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'account'; readonly subject: string; readonly actingFor: string | undefined }
  | { readonly kind: 'words'; readonly text: string };

const ACCOUNTS = /^([\w:.@-]+)(?: for ([\w:.@-]+))?$/;

/** Reads `person:ada for person:grace`, `person:ada`, `ada` or `service:workflows`; subjects stay as they are written. */
export function actorParts(written: string): ActorParts {
  if (written.startsWith('service:')) return { kind: 'program', name: written.slice('service:'.length) };
  const [, subject, actingFor] = ACCOUNTS.exec(written) ?? [];
  return subject === undefined ? { kind: 'words', text: written } : { kind: 'account', subject, actingFor };
}

/** Whether what a service has written is the subject of who reads: some services put `person:` before it. */
export const isOneself = (written: string, own: string): boolean => written === own || written === `person:${own}`;

/** Enough of an account's id for a call or a search to find it by. */
const SHOWN = 8;

/** The short form of a subject: without what services put before it, and cut where nobody reads on. */
export function shortSubject(written: string): string {
  const bare = written.replace(/^(person:)+/, '');
  return bare.length <= SHOWN * 2 ? bare : `${bare.slice(0, SHOWN)}…`;
}
