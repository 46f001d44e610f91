import type { EventOf } from './define-event';
import { operationsEvents } from './operations';
import { planEvents } from './pathways-plan';
import { registerEvents } from './pathways-register';

export const pathwaysEvents = { ...operationsEvents('pathways'), ...registerEvents, ...planEvents } as const;

export type PathwaysEvent = EventOf<typeof pathwaysEvents>;
