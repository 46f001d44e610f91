import { addSpan, civilDay, epochOf, type HolidayTerritory } from '@ariane/kernel';
import { type Fact, next, type Plan, type PlannedStep, type Protocol } from '@ariane/protocol';
import type { Advanced } from './ring';

const DAY_MS = 86_400_000;
/** People do what is due a day and two hours after they are told. */
const PEOPLE_TAKE_MS = DAY_MS + 2 * 3_600_000;
const DORMANT_MS = 7 * DAY_MS;

/** Where and when a pathway takes place. */
export interface Setting {
  readonly enrolledAt: string;
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
  readonly years: number;
}

const instantOf = (ms: number): string => new Date(ms).toISOString();

/**
 * One pathway without any server: keeps facts, reads the plan, and plays the people, who do each step once it is due.
 * Given the instants at which it is asked to advance, everything it does follows.
 */
export class World {
  /** `step#attempt on civil day`, as each became due, in that order. */
  readonly due: string[] = [];
  private readonly facts: Fact[] = [];
  private pending: Fact[] = [];
  private readonly told = new Set<string>();
  private readonly endsMs: number;
  private readonly usual: ReadonlyMap<string, Usual>;
  /** Codes that some step gives. */
  private readonly given: ReadonlySet<string>;

  constructor(
    private readonly protocol: Protocol,
    private readonly setting: Setting,
  ) {
    const { enrolledAt, timeZone, holidays, years } = setting;
    const last = addSpan(civilDay(enrolledAt, timeZone), { count: years, unit: 'y' }, holidays);
    this.endsMs = epochOf(`${last}T00:00:00Z`);
    this.usual = usualValues(protocol);
    const steps = protocol.document.steps.flatMap((step) => (step.kind === 'milestone' ? [] : (step.records ?? [])));
    this.given = new Set([...steps, 'meeting.decision', 'opinion.given', 'task.done']);
  }

  /** Reads the plan at an instant, and has people do what has become due. */
  advance(nowMs: number): Advanced {
    const come = this.pending.filter(({ at }) => epochOf(at) <= nowMs);
    this.pending = this.pending.filter((fact) => !come.includes(fact));
    for (const fact of come) this.facts.push({ ...fact, seq: this.facts.length + 1 });
    const plan = this.planAt(nowMs);
    for (const step of plan.steps) this.tell(step, nowMs);
    const closed = plan.end !== undefined || nowMs >= this.endsMs;
    const instants = [
      ...(plan.wakeAt === null ? [] : [epochOf(plan.wakeAt)]),
      ...this.pending.map(({ at }) => epochOf(at)),
    ];
    const waitMs = Math.max(0, Math.min(this.endsMs, ...instants) - nowMs);
    return { closed, dormant: waitMs > DORMANT_MS, turn: plan.milestones.length, waitMs };
  }

  private planAt(nowMs: number): Plan {
    const { enrolledAt, timeZone, holidays } = this.setting;
    return next(this.protocol, this.facts, { now: instantOf(nowMs), enrolledAt, timeZone, holidays });
  }

  private tell(step: PlannedStep, nowMs: number): void {
    for (const code of step.waitingFor) if (!code.includes(':')) this.find(code, nowMs);
    const isDue = (step.status === 'due' || step.status === 'late') && step.waitingFor.length === 0;
    const name = `${step.key}/${String(step.attempt)}`;
    if (!isDue || step.kind === 'milestone' || this.told.has(name)) return;
    this.told.add(name);
    this.due.push(`${name} on ${civilDay(instantOf(nowMs), this.setting.timeZone)}`);
    const compiled = this.protocol.steps.get(step.stepId);
    if (compiled === undefined || !('doneBy' in compiled)) return;
    const atMs = nowMs + PEOPLE_TAKE_MS;
    const [done] = compiled.doneBy;
    const found = compiled.document.records ?? [];
    for (const code of found) this.record(code, atMs, step.key, code === done?.fact ? done.in : undefined);
    if (done !== undefined && !found.includes(done.fact)) this.record(done.fact, atMs, step.key, done.in);
    // A meeting that decides says what.
    if (step.kind === 'meeting') this.record('meeting.decision', atMs, step.key);
  }

  /** Somebody looks for what the plan waits for and no step gives; once per code is enough. */
  private find(code: string, nowMs: number): void {
    if (this.told.has(`fact ${code}`) || this.given.has(code) || this.protocol.facts[code] === undefined) return;
    this.told.add(`fact ${code}`);
    this.record(code, nowMs + PEOPLE_TAKE_MS);
  }

  private record(code: string, atMs: number, stepKey?: string, allowed?: readonly Fact['value'][]): void {
    const stepId = stepKey?.split('#')[0] ?? '';
    const usual =
      this.usual.get(`${stepId}/${code}`) ?? this.usual.get(`/${code}`) ?? valueOf(this.protocol.facts[code]);
    const value = allowed === undefined || allowed.includes(usual.value) ? usual.value : allowed[0];
    this.pending.push({
      id: `fact-${String(this.facts.length + this.pending.length)}-${code}`,
      code,
      at: instantOf(atMs),
      seq: 0,
      ...(usual.unit === undefined ? {} : { unit: usual.unit }),
      ...(value === undefined ? {} : { value }),
      ...(stepKey === undefined ? {} : { stepKey }),
    });
  }
}

type Usual = Pick<Fact, 'value' | 'unit'>;

/** What the document's own examples tell most often of a code, at a step (`biopsy/biopsy.result`) and anywhere. */
function usualValues(protocol: Protocol): ReadonlyMap<string, Usual> {
  const told = protocol.document.examples.flatMap(({ given }) => given.facts);
  const counts = new Map<string, Map<string, { readonly usual: Usual; count: number }>>();
  for (const { code, value, unit, stepKey } of told) {
    for (const place of new Set([`${stepKey?.split('#')[0] ?? ''}/${code}`, `/${code}`])) {
      const ofPlace = counts.get(place) ?? new Map<string, { readonly usual: Usual; count: number }>();
      const name = JSON.stringify([value, unit]);
      ofPlace.set(name, { usual: { value, unit }, count: (ofPlace.get(name)?.count ?? 0) + 1 });
      counts.set(place, ofPlace);
    }
  }
  const most = [...counts].flatMap(([place, found]) => {
    const [first] = [...found.values()].sort((a, b) => b.count - a.count);
    return first === undefined ? [] : [[place, first.usual] as const];
  });
  return new Map(most);
}

/** The first value that a code may have. */
function valueOf(definition: Protocol['facts'][string] | undefined): Usual {
  switch (definition?.type) {
    case 'number':
      return { value: 50, unit: definition.unit ?? '1' };
    case 'boolean':
      return { value: true };
    case 'code':
      return { value: definition.values?.[0] ?? 'done' };
    default:
      return {};
  }
}
