import type { VisitMode } from './slot';

/** Who is to be seen, for which step of which pathway, for what kind of visit. */
export interface Visit {
  readonly appointmentId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly visitKind: string;
}

/** What a pathway asked for; kept until a slot is found. */
export interface Wish {
  readonly role: string;
  readonly practitionerId?: string;
  readonly mode?: VisitMode;
  readonly dueFrom: string;
  readonly latest?: string;
  readonly minutes?: number;
  /** `auto` binds the slot at once, `propose` keeps it for the coordinator to confirm. */
  readonly booking: 'auto' | 'propose';
}

/** Whether two appointments are for the same step of the same pathway: what a repeated request may find. */
export const isSameVisit = (a: Visit, b: Visit): boolean =>
  a.pathwayId === b.pathwayId && a.patientId === b.patientId && a.stepKey === b.stepKey && a.visitKind === b.visitKind;

/** The visit in something larger: facts hold nothing that their contract does not name. */
export const visitOf = ({ appointmentId, pathwayId, patientId, stepKey, visitKind }: Visit): Visit => ({
  appointmentId,
  pathwayId,
  patientId,
  stepKey,
  visitKind,
});
