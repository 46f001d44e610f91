import type { Pin } from '@ariane/contracts';
import { startOfDay } from '@ariane/kernel';
import type { StepDocument } from '@ariane/protocol';
import { membersOn, ownerOf } from './care-team';
import { omit } from './omit';
import type { Booking, Pathway, Planner, StepRecord } from './pathway';
import { dayOf, sortable } from './pathway-time';
import type { DraftItem } from './work-item';

/** What the worklist needs of a pathway: who may see it, and what its plan leaves to somebody. */
export interface PlanWork {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly protocol: Pin;
  readonly readers: readonly string[];
  readonly items: readonly DraftItem[];
  /** When the plan was read; `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly seenAt: string;
}

/** Far more results than a step records; beyond it, the item only says how many there are. */
const FACTS_MAX = 1_000;

type Doing = Exclude<StepDocument, { kind: 'milestone' }>;
interface Doable {
  readonly step: StepRecord;
  readonly document: Doing;
}

/** What a pathway leaves to somebody, from its plan as last read. A closed one leaves nothing and is seen by nobody. */
export function planWorkOf(planner: Planner, pathway: Pathway): PlanWork {
  const { id: pathwayId, patientId, protocol, status, plannedAt, enrolledAt } = pathway;
  const seenAt = sortable(plannedAt ?? enrolledAt);
  const about = { pathwayId, patientId, protocol, seenAt };
  if (status !== 'ACTIVE') return { ...about, readers: [], items: [] };
  const doable = pathway.steps.flatMap((step): Doable[] => {
    const document = planner.step(pathway, step.key);
    return document === undefined || document.kind === 'milestone' ? [] : [{ step, document }];
  });
  const present = membersOn(pathway.team, dayOf(pathway, seenAt));
  return {
    ...about,
    readers: [...new Set(present.map(({ practitionerId }) => practitionerId))].sort(),
    items: [
      ...doable.flatMap((one) => stepItem(pathway, one, seenAt)),
      ...doable.flatMap((one) => decisionItem(pathway, one, doable, seenAt)),
      ...resultItems(pathway, doable, seenAt),
      ...leftItems(pathway, seenAt),
    ],
  };
}

/** A step is late, waits for somebody, is to come, or is to be done: the first of these that holds. */
function stepItem(pathway: Pathway, { step, document }: Doable, now: string): readonly DraftItem[] {
  const booking = pathway.bookings.find(({ stepKey }) => stepKey === step.key);
  const about = aboutOf(pathway, { step, document }, now);
  const waitsOn = waitedFor(pathway, step, document, booking);
  if (step.status === 'late') {
    const since = step.latest === undefined ? {} : { since: sortable(step.latest) };
    return [{ ...about, reason: 'late', tier: 2, ...since, ...(waitsOn.length > 0 ? { waitsOn } : {}) }];
  }
  if (step.status !== 'waiting' && step.status !== 'due') return [];
  const since = step.dueFrom === undefined ? {} : { since: sortable(step.dueFrom) };
  if (booking?.status === 'booked' && booking.startsAt !== undefined) {
    return [{ ...about, ...since, reason: 'coming', tier: 4, deadline: sortable(booking.startsAt) }];
  }
  if (waitsOn.length > 0) return [{ ...about, ...since, reason: 'waiting-for', tier: 4, waitsOn }];
  if (step.status === 'due') return [{ ...about, ...since, reason: 'to-do', tier: 3 }];
  // What waits for a date alone is coming; what waits for other steps is on nobody's list yet.
  if (step.waitingFor.length > 0 || step.dueFrom === undefined) return [];
  return [{ ...about, reason: 'coming', tier: 4, deadline: sortable(step.dueFrom) }];
}

function aboutOf(pathway: Pathway, { step, document }: Doable, now: string) {
  const owner = ownerOf(pathway.team, [document.role, ...(document.deputies ?? [])], dayOf(pathway, now));
  const deadline = step.latest ?? step.target;
  return {
    subject: step.key,
    stepKey: step.key,
    phase: document.phase,
    ownerRole: document.role,
    ...(owner === undefined ? {} : { ownerId: owner.practitionerId }),
    ...(deadline === undefined ? {} : { deadline: sortable(deadline) }),
  };
}

/** On whom a step waits: unknown facts once nothing else is missing, a service that was asked, an expert, a meeting. */
function waitedFor(
  pathway: Pathway,
  step: StepRecord,
  document: Doing,
  booking: Booking | undefined,
): readonly string[] {
  // Without a date, what it follows has not come to pass: it is on nobody's list yet.
  if (step.dueFrom === undefined || step.waitingFor.some((one) => one.startsWith('step:'))) return [];
  if (step.waitingFor.length > 0) return step.waitingFor.map((code) => `fact:${code}`);
  const ask = pathway.asks.find(({ stepKey }) => stepKey === step.key);
  if (ask !== undefined) return [`service:${ask.service}`];
  if (booking?.status === 'waiting') return ['service:scheduling'];
  if (step.status === 'waiting') return [];
  const isElsewhere = document.kind === 'tele-expertise' || document.kind === 'meeting' || document.kind === 'wait';
  return isElsewhere ? [`role:${document.role}`] : [];
}

const isOpen = ({ status }: StepRecord): boolean => status === 'due' || status === 'late';
const idOf = ({ key }: StepRecord): string => key.split('#', 1)[0] ?? key;

/** Whether a step follows another, by its end or by a fact of it. */
function follows({ start }: Doing, id: string): boolean {
  const anchors = 'all' in start ? start.all : 'any' in start ? start.any : start.of;
  return anchors.some((anchor) => ('after' in anchor ? anchor.after === id : anchor.of === id));
}

/** A decision or an opinion that is given, while a step that follows it is open and none of them is done. */
function decisionItem(pathway: Pathway, one: Doable, all: readonly Doable[], now: string): readonly DraftItem[] {
  const { step, document } = one;
  if (step.status !== 'done' || (document.kind !== 'meeting' && document.kind !== 'tele-expertise')) return [];
  const followers = all.filter((other) => follows(other.document, idOf(step)));
  const [first] = followers.filter((other) => isOpen(other.step));
  if (first === undefined || followers.some((other) => other.step.status === 'done')) return [];
  const { ownerId, ownerRole, deadline } = { ownerId: undefined, deadline: undefined, ...aboutOf(pathway, first, now) };
  return [
    {
      reason: 'decision-unapplied',
      subject: step.key,
      stepKey: step.key,
      phase: document.phase,
      tier: 3,
      ownerRole,
      waitsOn: [`step:${first.step.key}`],
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(step.doneAt === undefined ? {} : { since: sortable(step.doneAt) }),
    },
  ];
}

/**
 * Results since enrolment, by the step that records them, unless its owner wrote them down and so has seen them. Traits
 * of the person are no results.
 */
function resultItems(pathway: Pathway, all: readonly Doable[], now: string): readonly DraftItem[] {
  return all.flatMap(({ step, document }): DraftItem[] => {
    const records = new Set(document.records?.filter((code) => !code.startsWith('patient.')));
    if (records.size === 0) return [];
    const about = aboutOf(pathway, { step, document }, now);
    const found = pathway.facts
      .filter(({ code, value, at, by, stepKey }) => {
        const isOfStep = stepKey === undefined ? step.status === 'done' && isFirst(step) : stepKey === step.key;
        return records.has(code) && isOfStep && value !== undefined && by !== about.ownerId && at >= pathway.enrolledAt;
      })
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    const oldest = found.at(-1);
    if (oldest === undefined) return [];
    const factIds = found.slice(0, FACTS_MAX).map(({ id }) => id);
    const since = sortable(oldest.at);
    return [
      { ...omit(about, 'deadline'), reason: 'result-unacknowledged', tier: 2, since, factIds, count: found.length },
    ];
  });
}

/** A result without a step's key belongs to the first occurrence, so that a repeated step does not show it each time. */
const isFirst = ({ key }: StepRecord): boolean => !key.includes('#') || key.endsWith('#1');

/** Who left a role that nobody holds now. */
function leftItems(pathway: Pathway, now: string): readonly DraftItem[] {
  const day = dayOf(pathway, now);
  const held = new Set(membersOn(pathway.team, day).map(({ role }) => role));
  const left = pathway.team.filter(({ role, until }) => until !== undefined && until <= day && !held.has(role));
  const last = new Map(left.map((member) => [member.role, member]));
  return [...last.values()].map(({ role, until = day }) => ({
    reason: 'member-left',
    subject: role,
    tier: 3,
    since: sortable(startOfDay(until, pathway.timeZone)),
    ownerRole: 'coordinator',
    waitsOn: [`role:${role}`],
    ...coordinating(pathway, day),
  }));
}

function coordinating(pathway: Pathway, day: string): { readonly ownerId?: string } {
  const owner = ownerOf(pathway.team, [], day);
  return owner === undefined ? {} : { ownerId: owner.practitionerId };
}
