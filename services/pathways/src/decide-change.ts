import { DomainError, endOfDay, startOfDay } from '@ariane/kernel';
import type { PlannedStep } from '@ariane/protocol';
import { isRepeatable } from './added-step';
import { askedFor } from './asks';
import { foldedFact, withdrawnFact } from './folded-fact';
import { isOpen } from './open-step';
import type { Pathway, PathwayEvent, Planner } from './pathway';
import { dayOf } from './pathway-time';
import { type ChangeCommand, type ChangedDates, nextAddedKey, type PlanChange, type WantedDays } from './plan-change';
import { hostOf } from './shared-visit';

type Command<T extends ChangeCommand['type']> = Extract<ChangeCommand, { type: T }>;
type Adding = Exclude<ChangeCommand, { type: 'WithdrawChange' }>;

/**
 * What a named person changes of one patient's plan. The protocol is not touched: what comes of it is told apart from
 * what the protocol says, with who, when and why, and each change can be taken back.
 *
 * Throws NOT_FOUND for a step the plan has not, STATE_CONFLICT for one that is over or a pathway that has ended,
 * STEP_DAYS_INVALID for days that contradict, RULE_BROKEN for a role or a kind that cannot be.
 */
export function decideChange(planner: Planner, state: Pathway, command: ChangeCommand): readonly PathwayEvent[] {
  if (command.type === 'WithdrawChange') return withdraw(planner, state, command);
  const known = (state.changes ?? []).find(({ id }) => id === command.changeId);
  if (known !== undefined) {
    if (isSame(known, command)) return [];
    throw new DomainError('ALREADY_EXISTS', {}, 'changeId');
  }
  if (state.status !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: state.status });
  const change = changeOf(planner, state, command);
  return [
    told(state, change),
    { type: 'PlanChangeKept', data: change },
    ...(change.change === 'skipped' ? foldedFact(state, waiverOf(change)) : []),
    ...(change.change === 'shared' ? ownCalledOff(state, change.stepKey) : []),
  ];
}

/** What was asked for a step that now follows another visit is called off; its own task goes with it. */
function ownCalledOff(state: Pathway, stepKey: string): readonly PathwayEvent[] {
  const step = state.steps.find(({ key }) => key === stepKey);
  if (step === undefined || step.toldDue === 0) return [];
  const about = { pathwayId: state.id, patientId: state.patientId, stepKey };
  return [{ type: 'StepDropped', data: { ...about, reason: 'shared', ...askedFor(state, step) } }];
}

/** A waiver is found again by the change's id, under which its reason is kept sealed. */
const waiverOf = ({ id, stepKey, by, at }: PlanChange) => ({ id, code: 'step.waived', at, by, stepKey });

const names = {
  AddStep: 'added',
  RepeatStep: 'repeated',
  MoveStep: 'moved',
  SkipStep: 'skipped',
  ShareStep: 'shared',
} as const;

const isSame = (known: PlanChange, command: Adding): boolean =>
  known.change === names[command.type] &&
  known.by === command.by &&
  known.reason === command.reason &&
  isSameVisit(known, command);

/** A change's id lets nobody name another visit under it: that one was not looked at. */
function isSameVisit(known: PlanChange, command: Adding): boolean {
  if (known.change !== 'shared' || command.type !== 'ShareStep') return true;
  const { pathwayId, stepKey } = command.with;
  return known.stepKey === command.stepKey && known.with.pathwayId === pathwayId && known.with.stepKey === stepKey;
}

function changeOf(planner: Planner, state: Pathway, command: Adding): PlanChange {
  const { changeId: id, by, reason, now: at } = command;
  const signed = { id, by, reason, at };
  switch (command.type) {
    case 'AddStep': {
      const roles = ['coordinator', ...planner.roles(state.protocol)];
      if (!roles.includes(command.step.role)) throw new DomainError('RULE_BROKEN', { rule: roles.join(', ') }, 'role');
      const dates = datesOf(state, command.days, at);
      return { ...signed, change: 'added', stepKey: nextAddedKey(state.changes), step: command.step, dates };
    }
    case 'RepeatStep': {
      const { kind } = stepOf(planner, state, command.stepKey, at);
      if (!isRepeatable(kind)) throw new DomainError('RULE_BROKEN', { rule: `kind: ${kind}` }, 'stepKey');
      const dates = datesOf(state, command.days, at);
      return { ...signed, change: 'repeated', stepKey: nextAddedKey(state.changes), of: command.stepKey, dates };
    }
    case 'MoveStep': {
      const step = openStep(planner, state, command, ['missed']);
      const dates = datesOf(state, command.days, at);
      return { ...signed, change: 'moved', stepKey: step.key, dates };
    }
    case 'ShareStep': {
      const { key, kind } = openStep(planner, state, command, []);
      if (kind !== 'appointment' && kind !== 'questionnaire')
        throw new DomainError('RULE_BROKEN', { rule: `kind: ${kind}` }, 'stepKey');
      const isHost = (state.guests ?? []).some((guest) => guest.stepKey === key);
      if (isHost || hostOf(state, key)) throw new DomainError('RULE_BROKEN', { rule: 'shared' }, 'stepKey');
      return { ...signed, change: 'shared', stepKey: key, with: command.with };
    }
    case 'SkipStep':
      return { ...signed, change: 'skipped', stepKey: openStep(planner, state, command, []).key };
  }
}

function stepOf(planner: Planner, state: Pathway, key: string, now: string): PlannedStep {
  const step = planner.plan(state, now).steps.find((one) => one.key === key);
  if (step === undefined) throw new DomainError('NOT_FOUND', {}, 'stepKey');
  return step;
}

/** A step that is still to do. A milestone is reached by what it follows and by nobody's word. */
function openStep(
  planner: Planner,
  state: Pathway,
  { stepKey, now }: Command<'MoveStep' | 'SkipStep' | 'ShareStep'>,
  also: readonly string[],
): PlannedStep {
  const step = stepOf(planner, state, stepKey, now);
  if (step.kind === 'milestone') throw new DomainError('RULE_BROKEN', { rule: 'kind: milestone' }, 'stepKey');
  if (!isOpen(step) && !also.includes(step.status)) {
    throw new DomainError('STATE_CONFLICT', { state: step.status }, 'stepKey');
  }
  return step;
}

/** Civil days in their order, and none that could only be late at once. */
function datesOf({ timeZone }: Pathway, { from, target, latest }: WantedDays, now: string): ChangedDates {
  const today = dayOf({ timeZone }, now);
  if (latest < today) throw new DomainError('STEP_DAYS_INVALID', { today }, 'latest');
  if (target !== undefined && target > latest) throw new DomainError('STEP_DAYS_INVALID', { today }, 'target');
  if (from !== undefined && from > (target ?? latest)) throw new DomainError('STEP_DAYS_INVALID', { today }, 'from');
  return {
    ...(from === undefined ? {} : { dueFrom: startOfDay(from, timeZone) }),
    ...(target === undefined ? {} : { target: endOfDay(target, timeZone) }),
    latest: endOfDay(latest, timeZone),
  };
}

function told({ id: pathwayId, patientId }: Pathway, change: PlanChange): PathwayEvent {
  const { id: changeId, stepKey, by, reason, at } = change;
  const dates = 'dates' in change ? change.dates : {};
  const kind = change.change === 'added' ? { kind: change.step.kind, role: change.step.role } : {};
  const of = change.change === 'repeated' ? { of: change.of } : {};
  const about = { pathwayId, patientId, changeId, change: change.change, stepKey, by, reason, at };
  return { type: 'PlanChanged', data: { ...about, ...of, ...kind, ...dates } };
}

/** The plan is as if the change had not been made; what was done meanwhile stays done. */
function withdraw(planner: Planner, state: Pathway, command: Command<'WithdrawChange'>): readonly PathwayEvent[] {
  const { changeId, by, reason, now: at } = command;
  const change = (state.changes ?? []).find(({ id }) => id === changeId);
  if (change === undefined) throw new DomainError('NOT_FOUND', {}, 'changeId');
  if (change.withdrawn !== undefined) {
    if (change.withdrawn.by === by && change.withdrawn.reason === reason) return [];
    throw new DomainError('STATE_CONFLICT', { state: 'withdrawn' }, 'changeId');
  }
  if (state.status !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: state.status });
  const isAdded = change.change === 'added' || change.change === 'repeated';
  if (isAdded && stepOf(planner, state, change.stepKey, at).status === 'done') {
    throw new DomainError('STATE_CONFLICT', { state: 'done' }, 'changeId');
  }
  const { id: pathwayId, patientId } = state;
  const about = { pathwayId, patientId, changeId, change: change.change, stepKey: change.stepKey };
  return [
    { type: 'PlanChangeWithdrawn', data: { ...about, by, reason, at } },
    ...(change.change === 'skipped' ? withdrawnFact(state, changeId, { by, reason, at }) : []),
  ];
}
