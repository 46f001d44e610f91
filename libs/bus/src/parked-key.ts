import { catalogue, type Service } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import type { Aggregate } from '@ariane/store';

/** A subject whose facts wait in this service until a human replays them. */
export interface ParkedKey {
  readonly [field: string]: unknown;
  readonly producer: string;
  readonly parkedSubject: string;
  readonly consumer: string;
  readonly reason: string;
  readonly status: 'parked' | 'replayed';
  readonly parkedAt: string;
}

interface Key {
  readonly producer: string;
  readonly parkedSubject: string;
  readonly consumer: string;
}

export type ParkedKeyCommand =
  | (Key & {
      readonly type: 'ParkKey';
      readonly eventId: string;
      readonly eventType: string;
      readonly reason: string;
      readonly now: string;
    })
  | { readonly type: 'MarkReplayed'; readonly replayed: number; readonly now: string };

export type ParkedKeyEvent =
  | {
      readonly type: 'KeyParked';
      readonly data: Key & { eventId: string; eventType: string; reason: string; parkedAt: string };
    }
  | { readonly type: 'KeyReplayed'; readonly data: Key & { replayed: number; replayedAt: string } };

export const parkedKeyId = (producer: string, subject: string): string => `${producer}|${subject}`;

function decide(state: ParkedKey | undefined, command: ParkedKeyCommand): ParkedKeyEvent[] {
  switch (command.type) {
    case 'ParkKey': {
      // The first refusal tells a human; what queues behind it adds nothing.
      if (state?.status === 'parked') return [];
      const { producer, parkedSubject, consumer, eventId, eventType, reason, now } = command;
      return [
        { type: 'KeyParked', data: { producer, parkedSubject, consumer, eventId, eventType, reason, parkedAt: now } },
      ];
    }
    case 'MarkReplayed': {
      if (state?.status !== 'parked') throw new DomainError('STATE_CONFLICT', { state: state?.status ?? 'unknown' });
      const { producer, parkedSubject, consumer } = state;
      return [
        {
          type: 'KeyReplayed',
          data: { producer, parkedSubject, consumer, replayed: command.replayed, replayedAt: command.now },
        },
      ];
    }
  }
}

function evolve(state: ParkedKey | undefined, event: ParkedKeyEvent): ParkedKey {
  const { producer, parkedSubject, consumer } = event.data;
  switch (event.type) {
    case 'KeyParked':
      return {
        producer,
        parkedSubject,
        consumer,
        reason: event.data.reason,
        status: 'parked',
        parkedAt: event.data.parkedAt,
      };
    case 'KeyReplayed':
      return {
        producer,
        parkedSubject,
        consumer,
        reason: state?.reason ?? '',
        status: 'replayed',
        parkedAt: state?.parkedAt ?? '',
      };
  }
}

/** The parked keys of one service, told of under its own name. */
export const parkedKeysOf = (service: Service): Aggregate<ParkedKey, ParkedKeyCommand, ParkedKeyEvent> => ({
  name: 'parked-key',
  collection: 'parkedKeys',
  facts: { KeyParked: catalogue[service].KeyParked, KeyReplayed: catalogue[service].KeyReplayed },
  subject: (_state, event) => event.data.parkedSubject,
  decide,
  evolve,
  indexes: [{ keys: { status: 1 } }],
});
