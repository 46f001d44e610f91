import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { toMessage } from '@ariane/bus';
import {
  type EventContract,
  meetingsEvents,
  pathwaysEvents,
  type Service,
  teleExpertiseEvents,
  topicOf,
} from '@ariane/contracts';
import { seal } from '@ariane/store';
import type { Kafka, Message } from 'kafkajs';
import { personAt } from '../worklist/register.ts';
import {
  coordinatorOf,
  coordinatorAt,
  NOW,
  pathwayAt,
  type Size,
  specialistAt,
  specialistOf,
  territory,
} from './region.ts';

/** Of a hundred facts so many: what a region of 320,000 patients, 20,000 pathways and two million facts has. */
const MIX = { registered: 16, joined: 12, asked: 1, presented: 1 } as const;
/** What most facts say is nothing to the portal: it is passed over unopened. */
const others = [
  pathwaysEvents.FactRecorded,
  pathwaysEvents.StepDue,
  pathwaysEvents.StepDone,
  pathwaysEvents.TaskOpened,
];
const BATCH = 2_000;

interface Said {
  readonly contract: EventContract;
  readonly subject: string;
  readonly patientId: string;
  readonly data: object;
}

/** Fills Kafka with facts in the form in which the relay sends them, each sealed with its patient's key. */
export async function sayAll(kafka: Kafka, size: Size, events: number): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  for (let begin = 0; begin < events; begin += BATCH) {
    const topics = new Map<Service, Message[]>();
    for (let index = begin; index < Math.min(events, begin + BATCH); index += 1) {
      const said = saidAt(index, size);
      const { service } = said.contract;
      const messages = topics.get(service) ?? [];
      messages.push(messageOf(said, index));
      topics.set(service, messages);
    }
    const topicMessages = [...topics].map(([service, messages]) => ({ topic: topicOf(service), messages }));
    await producer.sendBatch({ acks: -1, topicMessages });
  }
  await producer.disconnect();
}

/** The nth fact: of each kind in turn, about another patient each time. */
function saidAt(index: number, size: Size): Said {
  const place = index % 100;
  const hundred = Math.floor(index / 100);
  if (place < MIX.registered) return registered((hundred * MIX.registered + place) % size.patients);
  const nth = place - MIX.registered;
  if (nth < MIX.joined) return joined(hundred % size.pathways, nth, size);
  if (nth < MIX.joined + MIX.asked) return asked(hundred % size.pathways, size);
  if (nth < MIX.joined + MIX.asked + MIX.presented) return presented(hundred % size.pathways);
  const contract = others[index % others.length] ?? pathwaysEvents.FactRecorded;
  const about = aboutOf((index * 7) % size.pathways);
  return { contract, ...of(about), data: { ...(contract.example as object), ...about } };
}

const aboutOf = (pathway: number) => ({ pathwayId: pathwayAt(pathway), patientId: personAt(pathway).id });
const of = ({ pathwayId, patientId }: ReturnType<typeof aboutOf>) => ({ subject: pathwayId, patientId });

function registered(patient: number): Said {
  const { id: patientId, familyName, givenNames, birthDate, sex, identifier } = personAt(patient);
  const traits = { familyName, givenNames: [...givenNames], birthDate, sex, identifiers: [identifier] };
  const data = { ...pathwaysEvents.PatientRegistered.example, patientId, ...traits };
  return { contract: pathwaysEvents.PatientRegistered, subject: patientId, patientId, data };
}

function joined(pathway: number, nth: number, size: Size): Said {
  const about = aboutOf(pathway);
  const practitionerId =
    nth === 0 ? coordinatorAt(coordinatorOf(pathway, size)) : specialistAt(specialistOf(pathway, nth, size));
  const data = { ...pathwaysEvents.CareTeamMemberAdded.example, ...about, practitionerId };
  return { contract: pathwaysEvents.CareTeamMemberAdded, ...of(about), data };
}

function asked(pathway: number, size: Size): Said {
  const about = aboutOf(pathway);
  const data = {
    ...teleExpertiseEvents.OpinionRequested.example,
    ...{ ...about, requestId: randomUUID(), expertId: specialistAt(specialistOf(pathway, 1, size)) },
  };
  return { contract: teleExpertiseEvents.OpinionRequested, ...of(about), data };
}

function presented(pathway: number): Said {
  const about = aboutOf(pathway);
  const data = { ...meetingsEvents.CaseRegistered.example, ...about, caseId: randomUUID() };
  return { contract: meetingsEvents.CaseRegistered, ...of(about), data };
}

function messageOf({ contract, subject, patientId, data }: Said, index: number): Message {
  const _id = randomUUID();
  const keyid = `patient:${patientId}`;
  const buffer = seal(keyOf(patientId), Buffer.from(JSON.stringify(data)), _id);
  const ids = { correlationid: _id, causationid: _id };
  const entry = { _id, territory, subject, sequence: index + 1, type: contract.type, time: NOW, ...ids, keyid };
  return toMessage(contract.service, { ...entry, data: { buffer } });
}

/** As `patientKey` of the worklist's bench makes it. */
const keyOf = (patientId: string): KeyObject => createSecretKey(Buffer.alloc(32, patientId));
