import { schedulingEvents } from '@ariane/contracts';
import type { Aggregate } from '@ariane/store';
import { dutyRoster, type DutyRoster, type DutyRosterCommand, type RosterSet } from './duty-roster';
import { leave, type Leave, type LeaveCommand, type LeaveFact } from './leave';

const { DutyRosterSet, LeaveRecorded, LeaveWithdrawn } = schedulingEvents;

/** Who answers for which role, and when: about nobody's health. */
export const dutyRosters: Aggregate<DutyRoster, DutyRosterCommand, RosterSet> = {
  ...dutyRoster,
  name: 'duty-roster',
  collection: 'dutyRosters',
  facts: { DutyRosterSet },
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { role: 1 } }, { keys: { practitionerId: 1 } }],
};

/** Who is away, and who stands in. */
export const leaves: Aggregate<Leave, LeaveCommand, LeaveFact> = {
  ...leave,
  name: 'leave',
  collection: 'leaves',
  facts: { LeaveRecorded, LeaveWithdrawn },
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { practitionerId: 1, until: 1 } }],
};
