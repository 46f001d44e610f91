/** Why a professional may share what concerns the patient: the three cases of L. 1110-12 of the public health code. */
export const grounds = ['same-establishment', 'patient-designated', 'regulated-team'] as const;

/** A place in the care team of one pathway, in civil days of its time zone; the day of leaving no longer counts. */
export interface Member {
  readonly practitionerId: string;
  /** A role of the protocol (`IDEC`, `SUR`), or `coordinator`. */
  readonly role: string;
  readonly ground: string;
  readonly from: string;
  readonly until?: string;
}

/** Who coordinates, in order of choice: the named coordinator, else the coordination nurse. */
export const coordinatorRoles: readonly string[] = ['coordinator', 'IDEC'];

export const membersOn = (team: readonly Member[], day: string): readonly Member[] =>
  team.filter(({ from, until }) => from <= day && (until === undefined || day < until));

/** The team's member of the first of the roles that somebody holds on that day; for one role, who came first. */
export function memberOf(team: readonly Member[], roles: readonly string[], day: string): Member | undefined {
  const present = membersOn(team, day);
  for (const role of roles) {
    const found = present.find((member) => member.role === role);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const coordinatorOf = (team: readonly Member[], day: string): Member | undefined =>
  memberOf(team, coordinatorRoles, day);

/** Who owns what falls to a role: its holder, a deputy, else the coordinator, so that nothing is nobody's. */
export const ownerOf = (team: readonly Member[], roles: readonly string[], day: string): Member | undefined =>
  memberOf(team, roles, day) ?? coordinatorOf(team, day);
