import type { Member, Step } from '../../api/care';

export interface PhaseStanding {
  readonly phase: string;
  readonly isCurrent: boolean;
  readonly isOver: boolean;
}

const isOpen = ({ status, kind }: Pick<Step, 'status' | 'kind'>): boolean =>
  (status === 'due' || status === 'late') && kind !== 'milestone';

/** What comes first of what is to be done; what has no date comes last. */
export function nextOf(steps: readonly Step[]): Step | undefined {
  return steps.filter(isOpen).sort((a, b) => ((a.latest ?? '9') < (b.latest ?? '9') ? -1 : 1))[0];
}

/** The phases in the order of the protocol. The current one is that of the next step, else the last with anything done. */
export function phasesOf(steps: readonly Step[]): readonly PhaseStanding[] {
  const phases = [...new Set(steps.map(({ phase }) => phase))].filter((phase) => phase !== '');
  const lastDone = phases.findLastIndex((phase) =>
    steps.some((step) => step.phase === phase && step.status === 'done'),
  );
  const next = nextOf(steps)?.phase;
  const current = next === undefined ? lastDone : phases.indexOf(next);
  return phases.map((phase, index) => ({ phase, isCurrent: index === current, isOver: index < current }));
}

/** The named coordinator, else the coordination nurse, of those still in the team. */
export function coordinatorOf(team: readonly Member[]): string | undefined {
  const present = team.filter(({ until }) => until === undefined);
  const found = ['coordinator', 'IDEC'].flatMap((role) => present.find((member) => member.role === role) ?? []);
  return found[0]?.practitionerId;
}
