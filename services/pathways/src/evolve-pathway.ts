import { invariant } from '@ariane/kernel';
import { evolveChange } from './evolve-change';
import { omit } from './omit';
import type { Ask, Booking, Pathway, PathwayEvent } from './pathway';

/** The pathway after one of its events. */
export function evolvePathway(state: Pathway | undefined, event: PathwayEvent): Pathway {
  if (event.type === 'PathwayEnrolled') return enrolled(event.data);
  invariant(state !== undefined, 'a pathway begins with PathwayEnrolled');
  switch (event.type) {
    case 'PersonKept':
      return { ...state, person: event.data, settled: state.status !== 'ACTIVE' };
    case 'FactFolded':
      return {
        ...state,
        facts: [...state.facts, event.data],
        bookings: bookingsAfter(state.bookings, event.data.code, event.data.stepKey),
        settled: state.status !== 'ACTIVE',
      };
    case 'PlanKept': {
      const { asks, ...plan } = event.data;
      return { ...withAsks(state, asks), ...plan, settled: true };
    }
    case 'AskRefused':
      return withoutAsk(state, event.data.askId);
    case 'AskAnswered':
      return {
        ...withoutAsk(state, event.data.askId),
        bookings: booked(state.bookings, event.data.booking),
      };
    case 'DisclosureAnnounced':
      return { ...state, disclosure: 'ANNOUNCED', announcedAt: event.data.announcedAt };
    case 'MilestoneReached':
      return { ...state, milestones: [...state.milestones, event.data.milestone] };
    case 'PathwayClosed':
      return closed(state, event.data);
    case 'CareTeamMemberAdded':
      return { ...state, team: [...state.team, omit(event.data, 'pathwayId', 'patientId')] };
    case 'CareTeamMemberLeft':
      return { ...state, team: left(state.team, event.data) };
    // Facts for others: what they change here is in the events before them.
    case 'FactRecorded':
    case 'StepDue':
    case 'StepDone':
    case 'StepLate':
    case 'ParkedKeyNoticed':
      return state;
    default:
      return evolveChange(state, event);
  }
}

function enrolled(data: Extract<PathwayEvent, { type: 'PathwayEnrolled' }>['data']): Pathway {
  const { pathwayId, patientId, protocol, contract, enrolledAt, timeZone, holidays, parent } = data;
  return {
    id: pathwayId,
    patientId,
    protocol,
    contract,
    enrolledAt,
    timeZone,
    holidays,
    ...(parent === undefined ? {} : { parent }),
    status: 'ACTIVE',
    disclosure: 'SUSPICION',
    team: [],
    facts: [],
    steps: [],
    milestones: [],
    asks: [],
    asksSince: null,
    bookings: [],
    wakeAt: null,
    settled: false,
  };
}

function closed(state: Pathway, data: Extract<PathwayEvent, { type: 'PathwayClosed' }>['data']): Pathway {
  const { status, closedAt } = data;
  return { ...withAsks(state, []), status, closedAt, wakeAt: null, settled: true };
}

function withAsks(state: Pathway, asks: readonly Ask[]): Pathway {
  const oldest = asks.map(({ askedAt }) => askedAt).sort()[0];
  return { ...state, asks, asksSince: oldest ?? null };
}

const withoutAsk = (state: Pathway, askId: string): Pathway =>
  withAsks(
    state,
    state.asks.filter(({ id }) => id !== askId),
  );

/** A visit that took place, was missed or cancelled is no longer to come. */
function bookingsAfter(bookings: readonly Booking[], code: string, stepKey: string | undefined): readonly Booking[] {
  const isOver = code.startsWith('appointment.') && code !== 'appointment.booked';
  return isOver ? bookings.filter((one) => one.stepKey !== stepKey) : bookings;
}

function booked(bookings: readonly Booking[], booking: Booking | undefined): readonly Booking[] {
  if (booking === undefined) return bookings;
  return [...bookings.filter(({ stepKey }) => stepKey !== booking.stepKey), booking];
}

function left(
  team: Pathway['team'],
  { practitionerId, role, until }: { practitionerId: string; role: string; until: string },
): Pathway['team'] {
  return team.map((member) =>
    member.practitionerId === practitionerId && member.role === role && member.until === undefined
      ? { ...member, until }
      : member,
  );
}
