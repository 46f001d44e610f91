/** Something that a service has told, and who may hear that it has. Ids only. */
export interface LiveChange {
  /** Its place in the stream. */
  readonly id: string;
  readonly service: string;
  /** The fact's name: `StepDone`. */
  readonly type: string;
  readonly territory: string;
  /** Present for a fact of a pathway, with those who care for it. */
  readonly pathwayId?: string;
  readonly readers: readonly string[];
}

/** Who listens. */
export interface LiveReader {
  readonly territory: string;
  readonly roles: readonly string[];
  readonly practitionerId?: string;
}

const CARE = ['coordinator', 'specialist', 'requester', 'meeting-secretary', 'chair'];
const MONEY = ['finance', 'finance-approver', 'auditor'];

/** Whose screens show something of a service besides what belongs to one pathway. */
const rolesOfService: Readonly<Record<string, readonly string[]>> = {
  pathways: [...CARE, 'protocol-editor', 'territory-administrator'],
  scheduling: [...CARE, 'territory-administrator'],
  'tele-expertise': CARE,
  meetings: CARE,
  capitation: MONEY,
};

/** Roles that prepare and chair: all the cases of a meeting are theirs. */
const MEETING = ['meeting-secretary', 'chair'];

/**
 * Whether somebody is told of a change: of a pathway, those who care for it, and of its case those who hold the meeting;
 * of money, finance; of anything else, the roles whose screens show it.
 */
export function isToldTo(change: LiveChange, { territory, roles, practitionerId }: LiveReader): boolean {
  if (change.territory !== territory) return false;
  const holds = (wanted: readonly string[]): boolean => roles.some((role) => wanted.includes(role));
  if (change.service === 'capitation') return holds(MONEY);
  if (practitionerId !== undefined && change.readers.includes(practitionerId)) return true;
  if (change.service === 'meetings' && holds(MEETING)) return true;
  return change.pathwayId === undefined && holds(rolesOfService[change.service] ?? []);
}

/** A change as one event of `text/event-stream`. Finance is not told of which pathway it was. */
export function liveText({ id, service, type, pathwayId }: LiveChange): string {
  const told = { service, type, ...(pathwayId === undefined || service === 'capitation' ? {} : { pathwayId }) };
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify(told)}\n\n`;
}
