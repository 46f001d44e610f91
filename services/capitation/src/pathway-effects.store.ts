import type { ReceivedEvent } from '@ariane/contracts';
import { type Effect, effect } from '@ariane/store';
import { pathwayAccount } from './contracts.store';
import type { PathwayCommand } from './pathway-account';

/** What an event says to a pathway's account, before it is told which pathway, when and by which event. */
export type Heard = PathwayCommand extends infer C
  ? C extends PathwayCommand
    ? Omit<C, 'pathwayId' | 'territory' | 'eventId' | 'now'>
    : never
  : never;

/** The command for a pathway's account that an event brings about. */
export function hear(event: ReceivedEvent<{ readonly pathwayId: string }>, heard: Heard): readonly Effect[] {
  const { id: eventId, territory, time: now } = event.envelope;
  const { pathwayId } = event.data;
  return [effect(pathwayAccount, pathwayId, { ...heard, pathwayId, territory, eventId, now })];
}
