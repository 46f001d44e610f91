/** Why somebody may see what concerns a patient. */
export type AccessGround =
  /** A member of the care team of that day. */
  | 'care-team'
  /** Answers for an alert, from outside the care team. */
  | 'answering-alert'
  | 'break-glass'
  /** The patient themself. */
  | 'patient'
  /** Whom the patient has named to stand by them. */
  | 'trusted-person'
  | 'expert-asked'
  | 'meeting-participant'
  /** Their function in the territory, such as looking somebody up in the register. */
  | 'office';

export interface AccessNote {
  readonly pathwayId?: string;
  readonly patientId: string;
  readonly ground: AccessGround;
}

/** Whose data a request was allowed to touch, and why: noted where it is decided, read where it is audited. */
export class AccessNotes {
  private readonly noted: AccessNote[] = [];

  add(note: AccessNote): void {
    this.noted.push(note);
  }

  all(): readonly AccessNote[] {
    return this.noted;
  }

  /** Each ground once. */
  grounds(): readonly AccessGround[] {
    return [...new Set(this.noted.map(({ ground }) => ground))];
  }
}

/** Where a request keeps its notes. */
export interface WithAccessNotes {
  access?: AccessNotes;
}

/** The notes of a request, begun at first use. */
export const accessNotesOf = (request: WithAccessNotes): AccessNotes => (request.access ??= new AccessNotes());
