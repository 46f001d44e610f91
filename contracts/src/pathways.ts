import type { EventOf } from './define-event';
import { operationsEvents } from './operations';
import { accessEvents } from './pathways-access';
import { changeEvents } from './pathways-changes';
import { planEvents } from './pathways-plan';
import { registerEvents } from './pathways-register';
import { workEvents } from './pathways-work';

export const pathwaysEvents = {
  ...operationsEvents('pathways'),
  ...registerEvents,
  ...planEvents,
  ...changeEvents,
  ...workEvents,
  ...accessEvents,
} as const;

export type PathwaysEvent = EventOf<typeof pathwaysEvents>;
