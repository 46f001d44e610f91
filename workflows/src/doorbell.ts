import type { Envelope } from '@ariane/contracts';
import type { Ring } from './ring';

/** Rings a pathway's workflow, starting it where none runs. */
export type Doorbell = (
  pathway: { readonly territory: string; readonly pathwayId: string },
  ring: Ring,
) => Promise<void>;

/**
 * The facts that ring: what changes a plan. Others of the topic follow from an advance and would ring in circles; even
 * the end of a pathway, which would begin a workflow anew only to learn of it.
 */
const ringing: ReadonlySet<string> = new Set([
  'PathwayEnrolled',
  'FactRecorded',
  'PathwayReopened',
  'PathwayMigrated',
  'PlanChanged',
  'PlanChangeWithdrawn',
  'FactWithdrawn',
  'CareTeamMemberAdded',
]);

/** A fact as it is heard, unopened. */
interface Heard {
  readonly envelope: Pick<Envelope, 'type' | 'subject' | 'causationid' | 'sequence'>;
}

/**
 * Which of some facts ring, in the order of their topic, each with the sequence up to which it rings. What one command
 * told of a pathway rings once: an enrolment tells of each member of the team too, and one look at the plan sees all.
 */
export function ringsOf<T extends Heard>(facts: readonly T[]): ReadonlyMap<T, number> {
  const loud = facts.filter(({ envelope }) => ringing.has(envelope.type.split('.')[2] ?? ''));
  const byCommand = Map.groupBy(loud, ({ envelope }) => `${envelope.subject}/${envelope.causationid}`);
  return new Map(
    [...byCommand.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [[first, (others.at(-1) ?? first).envelope.sequence] as const],
    ),
  );
}
