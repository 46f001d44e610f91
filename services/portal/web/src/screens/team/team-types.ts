export interface Practitioner {
  readonly id: string;
  readonly name: string;
  readonly exercises: readonly {
    readonly role: string;
    readonly specialty?: string;
    readonly organisationId?: string;
    readonly from: string;
    readonly to?: string;
  }[];
}

/** A line of the duty roster: who answers for a role, in which hours of the week, between civil days. */
export interface Roster {
  readonly rosterId: string;
  readonly role: string;
  readonly practitionerId: string;
  readonly from: string;
  readonly until?: string;
  readonly timeZone: string;
  /** 1 is Monday. */
  readonly hours: readonly { readonly weekday: number; readonly from: string; readonly to: string }[];
  readonly deputyId?: string;
}

/** Civil days, both included. */
export interface Leave {
  readonly leaveId: string;
  readonly practitionerId: string;
  readonly from: string;
  readonly until: string;
  readonly deputyId?: string;
}

export const ROSTERS = '/api/scheduling/duty-rosters?limit=200';
export const LEAVES = '/api/scheduling/leaves?limit=200';
