import { randomBytes, randomUUID } from 'node:crypto';
import { meetingsEvents } from '@ariane/contracts';
import { uuidv7 } from '@ariane/kernel';
import type { Aggregate, CommandContext } from '@ariane/store';

interface Registered {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly question: string;
  readonly status: string;
}
interface Register {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly question: string;
}
interface CaseRegistered {
  readonly type: 'CaseRegistered';
  readonly data: (typeof meetingsEvents.CaseRegistered)['example'];
}

/** A meeting's case, with a sealed question and one fact that leaves: the shape of an ordinary command. */
export const benchCases: Aggregate<Registered, Register, CaseRegistered> = {
  name: 'bench-case',
  collection: 'benchCases',
  facts: { CaseRegistered: meetingsEvents.CaseRegistered },
  subject: (state) => state.pathwayId,
  patient: (state) => state.patientId,
  sealed: ['question'],
  decide: (_state, { pathwayId, patientId, question }) => [
    {
      type: 'CaseRegistered',
      data: { ...meetingsEvents.CaseRegistered.example, pathwayId, patientId, deviation: question },
    },
  ],
  evolve: (_state, { data }) => ({
    pathwayId: data.pathwayId,
    patientId: data.patientId,
    question: data.deviation ?? '',
    status: 'registered',
  }),
};

/** A hundred patients, so that keys are as warm as in a day's work. */
const patients = Array.from({ length: 100 }, () => randomUUID());

/** A command's context whose correlation id carries the machine's milliseconds: how the other process knows the age. */
export function benchContext(): CommandContext {
  const messageId = uuidv7(Date.now(), randomBytes(10));
  return {
    messageId,
    consumer: 'http',
    territory: 'bench',
    actor: 'person:bench',
    now: '2026-03-02T08:00:00Z',
    correlationId: messageId,
    causationId: messageId,
  };
}

export const sentAtMs = (correlationId: string): number =>
  Number.parseInt(correlationId.replaceAll('-', '').slice(0, 12), 16);

export const registerCommand = (index: number): Register => ({
  pathwayId: randomUUID(),
  patientId: patients[index % patients.length] ?? '',
  question: 'A question of about a hundred characters, as a doctor writes it for the meeting on Tuesday at noon, once.',
});
