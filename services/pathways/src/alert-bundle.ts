import type { Decider } from '@ariane/kernel';

/** The open alerts of one patient’s pathway for one reason, but for the urgent ones: the first stands for all of them. */
export interface AlertBundle {
  /** In the order they came; the first leads. */
  readonly members: readonly string[];
}

export type AlertBundleCommand =
  | { readonly type: 'JoinGroup'; readonly alertId: string; readonly tier: number; readonly at: string }
  | {
      readonly type: 'LeaveGroup';
      readonly alertId: string;
      readonly at: string;
      /** Who closed it, and why; absent where its cause is gone. */
      readonly closed?: { readonly by: string; readonly reason: string };
    };

interface Left {
  readonly alertId: string;
  readonly at: string;
}

export type AlertBundleEvent =
  /** It stands for the group from now on. */
  | { readonly type: 'GroupLed'; readonly data: Left }
  | {
      readonly type: 'GroupJoined';
      readonly data: Left & { readonly leader: string; readonly tier: number };
    }
  | { readonly type: 'GroupLeft'; readonly data: Left }
  /** Who closed the leader has seen to all of it. */
  | {
      readonly type: 'GroupClosed';
      readonly data: Left & { readonly others: readonly string[]; readonly by: string; readonly reason: string };
    };

/**
 * One open item per patient and reason: what comes for the same reason is counted, and does not interrupt. When the
 * leader's cause is gone while another's stands, that one leads: nothing that is open is without its place in the list.
 */
export const alertBundle: Decider<AlertBundle, AlertBundleCommand, AlertBundleEvent> = { decide, evolve };

function decide(state: AlertBundle | undefined, command: AlertBundleCommand): readonly AlertBundleEvent[] {
  const { alertId, at } = command;
  const members = state?.members ?? [];
  const [leader, second] = members;
  const about = { alertId, at };
  if (command.type === 'JoinGroup') {
    if (members.includes(alertId)) return [];
    if (leader === undefined) return [{ type: 'GroupLed', data: about }];
    return [{ type: 'GroupJoined', data: { ...about, leader, tier: command.tier } }];
  }
  if (!members.includes(alertId)) return [];
  if (alertId !== leader || second === undefined) return [{ type: 'GroupLeft', data: about }];
  const { closed } = command;
  if (closed === undefined) {
    return [
      { type: 'GroupLeft', data: about },
      { type: 'GroupLed', data: { alertId: second, at } },
    ];
  }
  return [{ type: 'GroupClosed', data: { ...about, others: members.slice(1), ...closed } }];
}

function evolve(state: AlertBundle | undefined, { type, data }: AlertBundleEvent): AlertBundle {
  const members = state?.members ?? [];
  const others = members.filter((id) => id !== data.alertId);
  switch (type) {
    case 'GroupLed':
      return { members: [data.alertId, ...others] };
    case 'GroupJoined':
      return { members: [...others, data.alertId] };
    case 'GroupLeft':
      return { members: others };
    case 'GroupClosed':
      return { members: [] };
  }
}

/** What is one reason: a step, whatever its attempt or occurrence, under one code. */
export const groupOf = ({ reason, stepKey }: { readonly reason: string; readonly stepKey?: string }): string =>
  `${reason}/${stepKey?.split('#', 1)[0] ?? ''}`;
