import { setTimeout as pause } from 'node:timers/promises';
import { messageByHand } from '@ariane/bus';
import {
  type EventContract,
  meetingsEvents,
  pathwaysEvents,
  schedulingEvents,
  teleExpertiseEvents,
  topicOf,
} from '@ariane/contracts';
import type { KeyStore } from '@ariane/store';
import type { Producer } from 'kafkajs';
import { keyOf } from '../story/api.ts';

/** A fact of one pathway's life, before somebody publishes it. */
interface Fact {
  readonly contract: EventContract;
  readonly data: object;
  readonly at: string;
}

/** A message of one producer about one pathway; `sequence` is its place there. */
export interface Told {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly sequence: number;
}

/** The life of an invented pathway: the same for the same number, whoever is told of it. */
export function lifeOf(
  number: number,
  contract: { readonly id: string; readonly version: number; readonly sha256: string },
): readonly Fact[] {
  const person = (name: string): string => keyOf('ledger-drill', name, String(number % 7));
  const id = (name: string): string => keyOf('ledger-drill', name, String(number));
  const [visit, opinion] = [id('visit'), id('opinion')];
  return [
    { contract: pathwaysEvents.PathwayEnrolled, data: { contract }, at: '2026-03-02T08:00:00Z' },
    {
      contract: schedulingEvents.AppointmentAttended,
      data: { appointmentId: visit, practitionerId: person('surgeon'), attendedAt: '2026-03-09T09:00:00Z' },
      at: '2026-03-09T09:00:00Z',
    },
    {
      contract: teleExpertiseEvents.OpinionGiven,
      data: { requestId: opinion, expertId: person('expert'), givenAt: '2026-03-19T15:00:00Z' },
      at: '2026-03-19T15:00:00Z',
    },
    {
      contract: meetingsEvents.CaseDecided,
      data: {
        participants: [{ practitionerId: person('chair'), specialty: 'surgery', mode: 'present' }],
        decidedAt: '2026-03-24T12:00:00Z',
      },
      at: '2026-03-24T12:00:00Z',
    },
    {
      contract: pathwaysEvents.TaskDone,
      data: { taskId: id('task'), doneBy: person('nurse'), doneAt: '2026-03-20T10:00:00Z' },
      at: '2026-03-20T10:00:00Z',
    },
    {
      contract: pathwaysEvents.MilestoneReached,
      data: { milestone: 'diagnosis', reachedAt: '2026-03-27T14:00:00Z' },
      at: '2026-03-27T14:00:00Z',
    },
    {
      contract: schedulingEvents.AppointmentAttended,
      data: { appointmentId: id('later'), practitionerId: person('nurse'), attendedAt: '2026-04-02T09:00:00Z' },
      at: '2026-04-02T09:00:00Z',
    },
    {
      contract: pathwaysEvents.PathwayClosed,
      data: { status: 'DIED', closedAt: '2026-04-10T09:00:00Z' },
      at: '2026-04-10T09:00:00Z',
    },
  ];
}

/** Facts as their services would publish them about one pathway, sealed with the territory's key. */
export async function published(
  facts: readonly Fact[],
  pathwayId: string,
  territory: string,
  keys: KeyStore,
): Promise<readonly Told[]> {
  const sequences = new Map<string, number>();
  const told: Told[] = [];
  for (const [at, { contract, data, at: time }] of facts.entries()) {
    const sequence = (sequences.get(contract.service) ?? 0) + 1;
    sequences.set(contract.service, sequence);
    const id = keyOf(territory, pathwayId, String(at));
    const fact = { id, territory, subject: pathwayId, sequence, time };
    const message = await messageByHand(keys, contract, fact, { ...contract.example, ...data, pathwayId });
    told.push({ topic: topicOf(contract.service), ...message, sequence });
  }
  return told;
}

/** Sends messages one after another, with a breath between them, so that faults strike in the middle. */
export async function send(producer: Producer, messages: readonly Told[], breathMs: number): Promise<void> {
  for (const { topic, key, value } of messages) {
    await producer.send({ topic, messages: [{ key, value }] });
    if (breathMs > 0) await pause(breathMs);
  }
}

/** The same messages in another order. */
export function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  return list
    .map((one) => ({ one, place: chance() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
