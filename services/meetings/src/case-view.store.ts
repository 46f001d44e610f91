import type { Store } from '@ariane/store';
import { attendeesOf, participantsOf, quorumFor } from './case-attendance';
import type { MeetingCase, PlannedCase } from './case-state';
import { listedAmong } from './meetings.store';
import { missingFrom } from './quorum';

/** The quorum of a case as the directory stands now; for a decided case, who made it when it was signed. */
export interface QuorumView {
  readonly met: boolean;
  readonly missing: readonly string[];
  readonly participants: readonly {
    readonly practitionerId: string;
    readonly specialty: string;
    readonly mode: string;
  }[];
}

interface Stored {
  readonly id: string;
  readonly state: MeetingCase;
  readonly version: number;
}

/** Cases as they are shown, each with its quorum where it is on an agenda. */
export async function casesWithQuorum(store: Store, territory: string, found: readonly Stored[]) {
  const attending = found.flatMap(({ state }) => (state.status === 'planned' ? state.attendance : []));
  const directory = await listedAmong(store, territory, [...new Set(attending.map((one) => one.practitionerId))]);
  return found.map(({ id, state, version }) => ({ id, version, ...shown(state), ...quorumIn(state, directory) }));
}

function quorumIn(state: MeetingCase, directory: Parameters<typeof attendeesOf>[2]): { readonly quorum?: QuorumView } {
  switch (state.status) {
    case 'planned':
      return { quorum: quorumView(state, directory) };
    case 'decided':
      return {
        quorum: { met: state.decision !== 'REGISTERED_STANDARD', missing: [], participants: state.participants },
      };
    case 'waiting':
    case 'deferred':
    case 'withdrawn':
      return {};
  }
}

function quorumView(state: PlannedCase, directory: Parameters<typeof attendeesOf>[2]): QuorumView {
  const attendees = attendeesOf(state, state.attendance, directory);
  const quorum = quorumFor(state, attendees);
  return { met: quorum.met, missing: missingFrom(quorum), participants: participantsOf(attendees, quorum) };
}

const inside = new Set(['calendarId', 'revision']);

/** A state without what only the service works with. */
export const shown = <S extends object>(state: S): Omit<S, 'calendarId' | 'revision'> =>
  Object.fromEntries(Object.entries(state).filter(([field]) => !inside.has(field))) as never; // only those are left out
