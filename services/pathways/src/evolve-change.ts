import { omit } from './omit';
import type { Pathway, PathwayEvent, StepRecord } from './pathway';

/** What people changed of a plan, or took back. */
type Change = Extract<
  PathwayEvent,
  {
    type:
      | 'PlanChangeKept'
      | 'PlanChanged'
      | 'PlanChangeWithdrawn'
      | 'FactWithdrawn'
      | 'PathwayReopened'
      | 'PathwayMigrated'
      | 'StepDropped'
      | 'StepHosted'
      | 'StepReleased'
      | 'ShareEnded';
  }
>;

/** The pathway after somebody changed something of it beside the facts that happened. */
export function evolveChange(state: Pathway, event: Change): Pathway {
  switch (event.type) {
    case 'PlanChangeKept':
      return { ...state, changes: [...(state.changes ?? []), event.data], settled: state.status !== 'ACTIVE' };
    case 'PlanChanged':
      return event.data.change === 'moved' ? withMoved(state, event.data.stepKey) : state;
    case 'PlanChangeWithdrawn':
      return changeWithdrawn(state, event.data);
    case 'FactWithdrawn':
      return factWithdrawn(state, event.data);
    case 'PathwayReopened':
      return reopened(state);
    case 'PathwayMigrated': {
      const { from, protocol, by, reason, migratedAt: at } = event.data;
      const migrations = [...(state.migrations ?? []), { from, to: protocol, by, reason, at }];
      return { ...state, protocol, migrations, settled: false };
    }
    case 'StepHosted':
      return { ...state, guests: [...(state.guests ?? []), event.data] };
    case 'StepReleased': {
      const guests = (state.guests ?? []).filter(({ changeId }) => changeId !== event.data.changeId);
      return guests.length === 0 ? omit(state, 'guests') : { ...state, guests };
    }
    case 'ShareEnded':
      return changeWithdrawn(state, { ...event.data, change: 'shared', by: SYSTEM });
    case 'StepDropped':
      return calledOff.includes(event.data.reason) ? withResumed(state, [event.data.stepKey]) : state;
  }
}

/** Drops that call off what was asked for. What an end stops is counted when the end is taken back. */
const calledOff: readonly string[] = ['vanished', 'not-applicable', 'not-yet', 'shared'];

/** Who ends a sharing whose visit will not take place. */
const SYSTEM = 'service:pathways';

type Withdrawn = Omit<Extract<PathwayEvent, { type: 'PlanChangeWithdrawn' }>['data'], 'pathwayId' | 'patientId'>;

function changeWithdrawn(state: Pathway, { changeId, change, stepKey, by, reason, at }: Withdrawn): Pathway {
  const changes = (state.changes ?? []).map((one) =>
    one.id === changeId ? { ...one, withdrawn: { by, reason, at } } : one,
  );
  const after = { ...state, changes, settled: state.status !== 'ACTIVE' };
  if (change === 'shared') return onItsOwn(after, stepKey);
  return change === 'moved' ? withMoved(after, stepKey) : after;
}

/** A step that followed another's visit is asked for itself, as a further attempt. */
function onItsOwn(state: Pathway, key: string): Pathway {
  const bookings = state.bookings.filter(({ stepKey }) => stepKey !== key);
  return withResumed({ ...state, bookings }, [key]);
}

/** A step with new dates is late anew, or not at all: what was told of its lateness no longer counts. */
function withMoved(state: Pathway, key: string): Pathway {
  const moved = (step: StepRecord): StepRecord => ({
    ...step,
    moves: (step.moves ?? 0) + 1,
    toldLate: Math.min(step.toldLate, step.attempt - 1),
  });
  return { ...state, steps: state.steps.map((step) => (step.key === key ? moved(step) : step)) };
}

function factWithdrawn(state: Pathway, data: Extract<PathwayEvent, { type: 'FactWithdrawn' }>['data']): Pathway {
  const { factId, by, reason, at } = data;
  const fact = state.facts.find(({ id }) => id === factId);
  if (fact === undefined) return state;
  const facts = state.facts.filter(({ id }) => id !== factId);
  const withdrawn = [...(state.withdrawn ?? []), { fact, by, reason, at }];
  const after = { ...state, facts, withdrawn, settled: state.status !== 'ACTIVE' };
  const isUntold = fact.code === 'disclosure.announced' && !facts.some(({ code }) => code === fact.code);
  return isUntold ? { ...omit(after, 'announcedAt'), disclosure: 'SUSPICION' } : after;
}

function reopened(state: Pathway): Pathway {
  const stopped = state.steps.filter(({ toldEnd }) => toldEnd === 'stopped').map(({ key }) => key);
  return { ...withResumed(omit(state, 'closedAt'), stopped), status: 'ACTIVE', settled: false };
}

/** Steps that were asked for and then called off are, should they come back, asked for as further attempts. */
function withResumed(state: Pathway, keys: readonly string[]): Pathway {
  const asked = state.steps.filter(({ key, toldDue }) => keys.includes(key) && toldDue > 0);
  if (asked.length === 0) return state;
  const more = asked.map(({ key }) => [key, (state.resumed?.[key] ?? 0) + 1] as const);
  return { ...state, resumed: { ...state.resumed, ...Object.fromEntries(more) } };
}
