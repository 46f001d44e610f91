import type { EventOf, schedulingEvents } from '@ariane/contracts';
import { canonicalJson, type Decider, DomainError } from '@ariane/kernel';
import { isTimeZone } from './time-zone';

export type RosterSet = Extract<EventOf<typeof schedulingEvents>, { readonly type: 'DutyRosterSet' }>;

/** Who answers for a role, in which hours of the week, from one civil day to another, both included. */
export type DutyRoster = RosterSet['data'];

export type DutyRosterCommand = { readonly type: 'SetDutyRoster' } & DutyRoster;

/**
 * A line of the duty roster. Set again under its id it is replaced: how somebody's turn is changed or ended.
 *
 * @throws DomainError DUTY_ROSTER_INVALID
 */
export const dutyRoster: Decider<DutyRoster, DutyRosterCommand, RosterSet> = {
  decide: (state, { type: _, ...roster }) => {
    check(roster);
    if (state !== undefined && canonicalJson(state) === canonicalJson(roster)) return [];
    return [{ type: 'DutyRosterSet', data: roster }];
  },
  evolve: (_, { data }) => data,
};

function check({ practitionerId, deputyId, from, until, timeZone, hours }: DutyRoster): void {
  if (until !== undefined && until < from) throw invalid(`${from} > ${until}`, 'until');
  if (!isTimeZone(timeZone)) throw invalid(timeZone, 'timeZone');
  if (deputyId === practitionerId) throw invalid('deputyId = practitionerId', 'deputyId');
  for (const { weekday, from: opens, to } of hours) {
    if (opens >= to) throw invalid(`${weekday} ${opens}-${to}`, 'hours');
  }
}

const invalid = (reason: string, field: string): DomainError =>
  new DomainError('DUTY_ROSTER_INVALID', { reason }, field);
