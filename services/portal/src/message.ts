import { type Decider, invariant } from '@ariane/kernel';
import type { Channel } from './patient-link';

/** What is sent to somebody outside: neutral words, and nothing of an illness (hazard H2). */
export interface Message {
  readonly messageId: string;
  readonly patientId: string;
  readonly purpose: 'link' | 'code' | 'appointment';
  readonly channel: Channel;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  /** What can be opened from it. */
  readonly url?: string;
  readonly code?: string;
  readonly status: 'waiting' | 'sent';
  /** UTC instant of the clock of care. */
  readonly at: string;
}

type NewMessage = Omit<Message, 'status' | 'at'>;

export type MessageCommand =
  { readonly type: 'WriteMessage'; readonly message: NewMessage; readonly at: string } | { readonly type: 'MarkSent' };

export type MessageEvent =
  { readonly type: 'MessageWritten'; readonly data: Message } | { readonly type: 'MessageSent'; readonly data: object };

/** A message is written once, with what brings it about, and marked when the gateway has taken it. */
export const message: Decider<Message, MessageCommand, MessageEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'WriteMessage': {
        const data: Message = { ...command.message, status: 'waiting', at: command.at };
        return state === undefined ? [{ type: 'MessageWritten', data }] : [];
      }
      case 'MarkSent':
        return state?.status === 'waiting' ? [{ type: 'MessageSent', data: {} }] : [];
    }
  },
  evolve(state, event) {
    if (event.type === 'MessageWritten') return event.data;
    invariant(state !== undefined, 'only a waiting message is marked');
    return { ...state, status: 'sent' };
  },
};
