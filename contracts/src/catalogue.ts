import { capitationEvents } from './capitation';
import type { EventContract, Service } from './define-event';
import { meetingsEvents } from './meetings';
import { pathwaysEvents } from './pathways';
import { portalEvents } from './portal';
import { schedulingEvents } from './scheduling';
import { teleExpertiseEvents } from './tele-expertise';

/** Every fact of every service, by service and name. */
export const catalogue = {
  pathways: pathwaysEvents,
  scheduling: schedulingEvents,
  'tele-expertise': teleExpertiseEvents,
  meetings: meetingsEvents,
  capitation: capitationEvents,
  portal: portalEvents,
} as const satisfies Record<Service, Record<string, EventContract>>;

const facts: readonly Record<string, EventContract>[] = Object.values(catalogue);

export const allEvents: readonly EventContract[] = facts.flatMap((of) => Object.values<EventContract>(of));

const byType = new Map(allEvents.map((contract) => [contract.type, contract]));

/** The contract of a CloudEvents type, or undefined for one this version does not know. */
export const contractOf = (type: string): EventContract | undefined => byType.get(type);
