import type { Ring } from './ring';

/** Rings a pathway's workflow, starting it where none runs. */
export type Doorbell = (
  pathway: { readonly territory: string; readonly pathwayId: string },
  ring: Ring,
) => Promise<void>;

/** The facts that ring: what changes a plan. Others of the topic follow from an advance and would ring in circles. */
const ringing: ReadonlySet<string> = new Set([
  'PathwayEnrolled',
  'FactRecorded',
  'PathwayClosed',
  'CareTeamMemberAdded',
]);

export const rings = (fact: string): boolean => ringing.has(fact);
