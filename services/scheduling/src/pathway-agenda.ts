import { type Decider, DomainError } from '@ariane/kernel';

/** The appointments of one pathway that are still ahead, and whether it has closed: after that, none may join. */
export type PathwayAgenda =
  | { readonly status: 'open'; readonly appointmentIds: readonly string[] }
  | { readonly status: 'closed'; readonly closedAt: string };

export type PathwayAgendaCommand =
  | { readonly type: 'JoinAgenda'; readonly appointmentId: string }
  | { readonly type: 'LeaveAgenda'; readonly appointmentId: string }
  | { readonly type: 'CloseAgenda'; readonly closedAt: string }
  /** The end was a mistake: what was cancelled stays cancelled, and appointments may be asked for again. */
  | { readonly type: 'ReopenAgenda' };

/** None of these leaves the service. */
export type PathwayAgendaEvent =
  | { readonly type: 'AgendaJoined'; readonly data: { readonly appointmentId: string } }
  | { readonly type: 'AgendaLeft'; readonly data: { readonly appointmentId: string } }
  | {
      readonly type: 'AgendaClosed';
      readonly data: { readonly closedAt: string; readonly appointmentIds: readonly string[] };
    }
  | { readonly type: 'AgendaReopened'; readonly data: object };

/** @throws DomainError PATHWAY_CLOSED for an appointment that would lie ahead of a closed pathway */
function decide(state: PathwayAgenda | undefined, command: PathwayAgendaCommand): readonly PathwayAgendaEvent[] {
  const here = state?.status === 'open' ? state.appointmentIds : [];
  switch (command.type) {
    case 'JoinAgenda':
      if (state?.status === 'closed') throw new DomainError('PATHWAY_CLOSED');
      if (here.includes(command.appointmentId)) return [];
      return [{ type: 'AgendaJoined', data: { appointmentId: command.appointmentId } }];
    case 'LeaveAgenda':
      if (!here.includes(command.appointmentId)) return [];
      return [{ type: 'AgendaLeft', data: { appointmentId: command.appointmentId } }];
    case 'CloseAgenda':
      if (state?.status === 'closed') return [];
      return [{ type: 'AgendaClosed', data: { closedAt: command.closedAt, appointmentIds: here } }];
    case 'ReopenAgenda':
      return state?.status === 'closed' ? [{ type: 'AgendaReopened', data: {} }] : [];
  }
}

function evolve(state: PathwayAgenda | undefined, event: PathwayAgendaEvent): PathwayAgenda {
  const here = state?.status === 'open' ? state.appointmentIds : [];
  switch (event.type) {
    case 'AgendaJoined':
      return { status: 'open', appointmentIds: [...here, event.data.appointmentId] };
    case 'AgendaLeft':
      return { status: 'open', appointmentIds: here.filter((id) => id !== event.data.appointmentId) };
    case 'AgendaClosed':
      return { status: 'closed', closedAt: event.data.closedAt };
    case 'AgendaReopened':
      return { status: 'open', appointmentIds: [] };
  }
}

/**
 * What a pathway has ahead of it here. It stands between a request and the pathway's end, so that whichever commits
 * first, no appointment outlives its pathway (hazard H14: an invitation sent to a dead patient).
 */
export const pathwayAgenda: Decider<PathwayAgenda, PathwayAgendaCommand, PathwayAgendaEvent> = { decide, evolve };
