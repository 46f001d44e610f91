import { chanceFrom, idOf } from './register.ts';

// As `services/pathways/src/work.ts` has them; the compiled decider reads these when they are loaded.
interface DraftItem {
  readonly reason: string;
  readonly subject: string;
  readonly tier: number;
  readonly ownerRole: string;
  readonly ownerId: string;
  readonly phase: string;
  readonly stepKey?: string;
  readonly deadline?: string;
  readonly since?: string;
  readonly waitsOn?: readonly string[];
  readonly factIds?: readonly string[];
  readonly count?: number;
}
interface PlanWork {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly protocol: typeof pin;
  readonly readers: readonly string[];
  readonly items: readonly DraftItem[];
  readonly seenAt: string;
}
type OpenTask = Pick<StoredTask, 'id' | 'stepKey' | 'ownerId' | 'role' | 'dueAt'>;
interface OpenAlert {
  readonly id: string;
  readonly tier: number;
  readonly reason: string;
  readonly ownerRole: string;
  readonly ownerId: string;
  readonly raisedAt: string;
  readonly status: 'open';
}

/** Of every hundred patients, eighty are with coordinators of some two hundred, twenty with ten who have thousands. */
const HEAVY = 10;
const HEAVY_SHARE = 0.0625;
const ORDINARY_CASELOAD = 190;

const DAY_MS = 86_400_000;
export const TODAY = '2026-11-24T08:00:00.000Z';
export const pin = { id: 'breast-cancer', version: 1, sha256: '0'.repeat(64) };

const steps = [
  ['entry', 'entry', 'IDEC'],
  ['imaging', 'diagnosis', 'RAD'],
  ['pathology', 'diagnosis', 'PATH'],
  ['announcement', 'decision', 'SUR'],
  ['care-plan', 'decision', 'SUR'],
  ['nurse-time', 'decision', 'IDEC'],
  ['oncogenetics', 'decision', 'GEN'],
  ['fertility', 'decision', 'IDEC'],
  ['chemo-check#2', 'treatment', 'IDEC'],
  ['surveillance-handover', 'after-care', 'IDEC'],
] as const;

interface StoredTask {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly kind: 'task';
  readonly stepKey: string;
  readonly title: string;
  readonly role: string;
  readonly ownerId?: string;
  readonly dueAt: string;
  readonly outcomes: readonly string[];
  readonly status: 'open' | 'done';
  readonly doneBy?: string;
  readonly doneAt?: string;
}

/** What one pathway holds: what the service would have decided, without deciding it. */
export interface Caseload {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly coordinatorId: string;
  readonly team: readonly { practitionerId: string; role: string; ground: string; from: string }[];
  readonly plan: PlanWork;
  readonly tasks: readonly StoredTask[];
  readonly open: readonly OpenTask[];
  readonly alerts: readonly OpenAlert[];
}

export const coordinatorsFor = (patients: number): number =>
  HEAVY + Math.max(1, Math.round((patients * (1 - HEAVY_SHARE)) / ORDINARY_CASELOAD));
export const coordinatorAt = (index: number): string => idOf('coordinator', index);
export const heavyCoordinators = Array.from({ length: HEAVY }, (_, index) => coordinatorAt(index));

const at = (days: number): string => new Date(Date.parse(TODAY) + Math.round(days * DAY_MS)).toISOString();

/** @param tasks how many tasks the patient has had; two in five are open */
export function caseloadAt(index: number, patients: number, tasks: number): Caseload {
  const chance = chanceFrom(7_000_003 + index);
  const pathwayId = idOf('pathway', index);
  const patientId = idOf('patient', index);
  const coordinators = coordinatorsFor(patients);
  const coordinator =
    chance() < HEAVY_SHARE ? Math.floor(chance() * HEAVY) : HEAVY + Math.floor(chance() * (coordinators - HEAVY));
  const coordinatorId = coordinatorAt(coordinator);
  const member = (role: string, among: number) => ({
    practitionerId: idOf(role, Math.floor(chance() * Math.max(1, Math.round(among)))),
    role,
  });
  const team = [
    { practitionerId: coordinatorId, role: 'IDEC' },
    member('SUR', patients / 400),
    member('ONC', patients / 800),
    member('GP', patients / 40),
  ].map((one) => ({ ...one, ground: 'regulated-team', from: '2026-01-05' }));
  const offset = Math.floor(chance() * steps.length);
  const all = Array.from({ length: tasks }, (_, number): StoredTask => {
    const [stepKey, , role] = steps[(offset + number) % steps.length] ?? steps[0];
    const isOpen = chance() < 0.4;
    const owner =
      chance() < 0.03 ? undefined : (team.find((one) => one.role === role)?.practitionerId ?? coordinatorId);
    const due = at(chance() * 60 - (isOpen ? 15 : 70));
    return {
      id: idOf(`task/${number}`, index),
      pathwayId,
      patientId,
      kind: 'task',
      stepKey,
      title: 'Étape du parcours',
      role,
      dueAt: due,
      outcomes: [],
      status: isOpen ? 'open' : 'done',
      ...(owner === undefined ? {} : { ownerId: owner }),
      ...(isOpen ? {} : { doneBy: coordinatorId, doneAt: due }),
    };
  });
  const openTasks = all.filter(({ status }) => status === 'open');
  const drafts = openTasks.map(({ stepKey, role, dueAt }): DraftItem => {
    const phase = steps.find(([key]) => key === stepKey)?.[1] ?? 'entry';
    const isLate = dueAt < TODAY;
    return {
      reason: isLate ? 'late' : 'to-do',
      subject: stepKey,
      stepKey,
      phase,
      tier: isLate ? 2 : 3,
      deadline: dueAt,
      since: isLate ? dueAt : at(-5 * chance()),
      ownerRole: role,
      ownerId: coordinatorId,
    };
  });
  const other = (probability: number, draft: () => DraftItem): DraftItem[] => (chance() < probability ? [draft()] : []);
  const about = { ownerRole: 'IDEC', ownerId: coordinatorId, phase: 'decision' };
  const items: DraftItem[] = [
    ...drafts,
    ...other(0.5, () => ({ ...about, reason: 'coming', subject: 'surgery', tier: 4, deadline: at(45 * chance()) })),
    ...other(0.4, () => ({
      ...about,
      reason: 'waiting-for',
      subject: 'second-reading',
      tier: 4,
      since: at(-6 * chance()),
      waitsOn: ['role:PATH'],
    })),
    ...other(0.2, () => ({
      ...about,
      reason: 'result-unacknowledged',
      subject: 'pathology',
      tier: 2,
      since: at(-3 * chance()),
      factIds: [idOf('fact', index)],
      count: 1,
    })),
    ...other(0.1, () => ({
      ...about,
      reason: 'decision-unapplied',
      subject: 'meeting-1',
      tier: 3,
      since: at(-8 * chance()),
    })),
    ...other(0.01, () => ({ ...about, reason: 'member-left', subject: 'RT', tier: 3, since: at(-9 * chance()) })),
  ];
  const alert = (tier: number): OpenAlert => ({
    id: idOf(`alert/${tier}`, index),
    tier,
    reason: tier === 1 ? 'threshold-crossed' : 'ask-refused',
    ownerRole: 'IDEC',
    ownerId: coordinatorId,
    raisedAt: at(-2 * chance()),
    status: 'open',
  });
  return {
    pathwayId,
    patientId,
    coordinatorId,
    team,
    plan: {
      pathwayId,
      patientId,
      protocol: pin,
      readers: [...new Set(team.map(({ practitionerId }) => practitionerId))].sort(),
      items,
      seenAt: TODAY,
    },
    tasks: all,
    open: openTasks.map(({ id, stepKey, role, dueAt, ownerId }) => ({
      id,
      stepKey,
      role,
      dueAt,
      ...(ownerId === undefined ? {} : { ownerId }),
    })),
    alerts: [...(chance() < 0.03 ? [alert(1)] : []), ...(chance() < 0.1 ? [alert(2)] : [])],
  };
}
