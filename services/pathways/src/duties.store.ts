import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import { type Aggregate, type Effect, effect } from '@ariane/store';
import { tasks } from './aggregates.store';
import { alerts } from './alerts.store';
import { duty, type Duty, type DutyCommand, type DutyEvent } from './duty';
import { leavesAt, type Placement } from './duty-cover';

/** Who is on duty and who is on leave, one for each territory. */
export const duties: Aggregate<Duty, DutyCommand, DutyEvent> = {
  name: 'duty',
  collection: 'duties',
  ...duty,
  facts: {},
  subject: (_state, _event, id) => id,
  follow: (event, state) => (event.type === 'WorkPlaced' ? [given(event, state)] : []),
};

export const dutyIdOf = (territory: string): string => uuidv5(arianeNamespace, `duty/${territory}`);

/** What has just been given to somebody is given to who is there. */
export const placeWork = (
  territory: string,
  work: Extract<DutyCommand, { type: 'PlaceWork' }>['work'],
  placement: Placement,
): Effect => effect(duties, dutyIdOf(territory), { type: 'PlaceWork', work, placement });

function given({ data }: Extract<DutyEvent, { type: 'WorkPlaced' }>, cover: Duty): Effect {
  const { kind, id, ownerId: from, to, role, at } = data;
  const isAway = from !== undefined && leavesAt(cover, from, at).length > 0;
  const reason = isAway ? 'leave' : 'off-duty';
  return kind === 'task'
    ? effect(tasks, id, { type: 'ReownTask', from, to, reason, at })
    : effect(alerts, id, { type: 'ReownAlert', from, to, role, reason, at });
}
