import { useQuery } from '@tanstack/react-query';

import { call } from './client';
import { isProblem } from './problem';

export interface PatientNamed {
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: string;
}

export interface PersonNamed {
  readonly name: string;
  readonly role?: string;
  readonly specialty?: string;
}

interface Named {
  readonly patients: Readonly<Record<string, PatientNamed>>;
  readonly practitioners: Readonly<Record<string, PersonNamed>>;
  readonly organisations: Readonly<Record<string, { readonly name: string }>>;
  /** Who is behind the subject of somebody who acted, as the service has written it. */
  readonly accounts: Readonly<Record<string, { readonly name: string }>>;
}

type Kind = keyof Named;

const PATH = '/api/names';
/** Whoever stands under another kind of name, such as a program, has none in the directory. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ASKED_MAX = 200;
/** What the portal takes; subjects are shorter. */
const SUBJECT_MAX = 200;
const HOUR_MS = 3_600_000;

interface Waiting {
  readonly kind: Kind;
  readonly id: string;
  readonly resolve: (named: unknown) => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];

/** Everybody whom a screen shows is asked for in one request, by a body, so that a list of forty rows is not forty calls. */
function named(kind: Kind, id: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    waiting.push({ kind, id, resolve, reject });
    if (waiting.length === 1) queueMicrotask(() => setTimeout(ask, 0));
  });
}

function ask(): void {
  const asked = waiting.slice(0, ASKED_MAX);
  waiting = waiting.slice(ASKED_MAX);
  if (waiting.length > 0) setTimeout(ask, 0);
  const idsOf = (kind: Kind): readonly string[] => [
    ...new Set(asked.filter((one) => one.kind === kind).map(({ id }) => id)),
  ];
  const body = {
    patients: idsOf('patients'),
    practitioners: idsOf('practitioners'),
    organisations: idsOf('organisations'),
    accounts: idsOf('accounts'),
  };
  call<Named>(PATH, { method: 'POST', body, isBackground: true }).then(
    (answer) => {
      for (const { kind, id, resolve } of asked) resolve(answer[kind][id] ?? null);
    },
    (error: unknown) => {
      for (const { reject } of asked) reject(error);
    },
  );
}

const mayHaveName = (kind: Kind, id: string): boolean =>
  kind === 'accounts' ? id !== '' && id.length <= SUBJECT_MAX : ID.test(id);

/** The question for one name, for those who must ask for several at once. */
export const namedQuery = (kind: Kind, id: string | undefined) => ({
  queryKey: ['names', kind, id],
  queryFn: () => (id !== undefined && mayHaveName(kind, id) ? named(kind, id) : null),
  enabled: id !== undefined,
  staleTime: HOUR_MS,
  retry: (failures: number, error: Error) => isProblem(error) && error.isPassing && failures < 3,
});

/** What the portal answers for that kind, null where the reader may not know, undefined while it is asked for. */
const useNamed = (kind: Kind, id: string | undefined): unknown => useQuery(namedQuery(kind, id)).data;

/** The patient's name; null where the reader may not know it, undefined while it is asked for. */
export const usePatientNamed = (id: string | undefined): PatientNamed | null | undefined =>
  useNamed('patients', id) as PatientNamed | null | undefined; // the portal's answer for this kind

/** A professional's name. */
export const usePersonNamed = (id: string | undefined): PersonNamed | null | undefined =>
  useNamed('practitioners', id) as PersonNamed | null | undefined; // the portal's answer for this kind

/** A place of care's name. */
export const useOrganisationNamed = (id: string | undefined): { readonly name: string } | null | undefined =>
  useNamed('organisations', id) as { name: string } | null | undefined; // see above

/** Who is behind an account; null where nobody of that name has signed in or the reader may not know. */
export const useAccountNamed = (subject: string | undefined): { readonly name: string } | null | undefined =>
  useNamed('accounts', subject) as { name: string } | null | undefined; // see above
