import type { EventOf } from './define-event';
import { planEvents } from './pathways-plan';
import { registerEvents } from './pathways-register';

export const pathwaysEvents = { ...registerEvents, ...planEvents } as const;

export type PathwaysEvent = EventOf<typeof pathwaysEvents>;
