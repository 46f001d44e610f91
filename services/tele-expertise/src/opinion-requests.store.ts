import { teleExpertiseEvents } from '@ariane/contracts';
import {
  type CopyPractitioner,
  type DocketCommand,
  type DocketEvent,
  type PathwayDocket,
  pathwayDocket,
  type PractitionerCopied,
  type PractitionerCopy,
  practitionerCopy,
} from '@ariane/kernel';
import { type Aggregate, effect, type Store } from '@ariane/store';
import type { Candidate } from './expert-choice';
import {
  opinionRequest,
  type OpinionCommand,
  type OpinionEvent,
  type OpinionRequest,
  openStatuses,
} from './opinion-request';

/** The most doctors of one specialty that a choice looks at: far more than a territory has. */
const CANDIDATES_MAX = 1_000;
/** Overdue requests of one territory read at once. */
export const OVERDUE_MAX = 200;

export const opinionRequests: Aggregate<OpinionRequest, OpinionCommand, OpinionEvent> = {
  ...opinionRequest,
  name: 'opinion-request',
  collection: 'opinion_requests',
  facts: teleExpertiseEvents,
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  sealed: ['question', 'opinion'] as unknown as ['question'], // keyof of a union names only what all its members share
  follow: ({ type, data }) =>
    type === 'QuestionWritten'
      ? [effect(pathwayDockets, data.pathwayId, { type: 'EnterDocket', memberId: data.requestId })]
      : [],
  indexes: [
    { keys: { status: 1, dueAt: 1 } },
    { keys: { pathwayId: 1 } },
    { keys: { expertId: 1, status: 1 } },
    { keys: { requesterId: 1 } },
  ],
};

/** Its end brings about the end of every request of the pathway, in the same transaction. */
export const pathwayDockets: Aggregate<PathwayDocket, DocketCommand, DocketEvent> = {
  ...pathwayDocket,
  name: 'pathway-docket',
  collection: 'pathway_dockets',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ type, data }, { memberIds }) =>
    type === 'DocketClosed'
      ? memberIds.map((id) => effect(opinionRequests, id, { type: 'EndWithPathway', now: data.at }))
      : [],
};

export const practitioners: Aggregate<PractitionerCopy, CopyPractitioner, PractitionerCopied> = {
  ...practitionerCopy,
  name: 'practitioner',
  collection: 'practitioners',
  facts: {},
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { 'exercises.specialty': 1 } }],
};

/** The practitioner named, or all who ever practised the specialty, each with their open requests. */
export async function candidatesFor(
  store: Store,
  territory: string,
  { expertId, specialty }: { readonly expertId?: string; readonly specialty: string },
): Promise<Candidate[]> {
  const filter = expertId === undefined ? { 'exercises.specialty': specialty } : { _id: expertId };
  const found = await store.find(practitioners, territory, filter, { limit: CANDIDATES_MAX });
  const counts = await store.database.db
    .collection(opinionRequests.collection)
    .aggregate<{ _id: string; count: number }>([
      { $match: { territory, expertId: { $in: found.map(({ id }) => id) }, status: { $in: [...openStatuses] } } },
      { $group: { _id: '$expertId', count: { $sum: 1 } } },
    ])
    .toArray();
  const open = new Map(counts.map(({ _id, count }) => [_id, count]));
  return found.map(({ id, state }) => ({
    practitionerId: id,
    exercises: state.exercises,
    openRequests: open.get(id) ?? 0,
  }));
}

/** Open requests of all territories whose deadline is not after the instant, the oldest first. */
export async function overdueRequests(store: Store, now: string): Promise<{ id: string; territory: string }[]> {
  const found = await Promise.all(
    (await territories(store)).map((territory) =>
      openRequests(store)
        .find(
          { territory, status: { $in: [...openStatuses] }, dueAt: { $lte: now } },
          { projection: { _id: 1 }, sort: { dueAt: 1 }, limit: OVERDUE_MAX },
        )
        .toArray()
        .then((documents) => documents.map(({ _id }) => ({ id: _id, territory }))),
    ),
  );
  return found.flat();
}

/** The next deadline of an open request, or null when nothing is open. */
export async function nextDeadline(store: Store): Promise<string | null> {
  const first = await Promise.all(
    (await territories(store)).flatMap((territory) =>
      openStatuses.map((status) =>
        openRequests(store).findOne({ territory, status }, { projection: { dueAt: 1 }, sort: { dueAt: 1 } }),
      ),
    ),
  );
  return first.flatMap((document) => document?.dueAt ?? []).sort()[0] ?? null;
}

/** The index begins with the territory, so it is asked territory by territory. */
const territories = (store: Store): Promise<string[]> => openRequests(store).distinct('territory');

const openRequests = (store: Store) =>
  store.database.db.collection<{ _id: string; territory: string; status: string; dueAt: string }>(
    opinionRequests.collection,
  );
