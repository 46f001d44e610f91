import type { Aggregate, Companion } from '@ariane/store';
import { effect } from '@ariane/store';
import { shelf } from './contracts.store';
import { csvFileType } from './csv-file.store';
import { EVIDENCE, once } from './ledger-documents.store';
import { followOf, runCompanions } from './ledger.store';
import { LIST_PARTIES } from './participation-types.store';
import { type Member, type MemberChanged, type MemberCommand, members } from './roster';
import {
  type RosterAccount,
  type RosterAccountCommand,
  type RosterAccountEvent,
  rosterAccounts,
} from './roster-account';
import { type BucketComputed, type ComputeBucket, type RosterBucket, rosterBuckets } from './roster-buckets';
import type { AboutRoster, FileRow } from './roster-file';

export const FILE_ROWS = 'rosterFileRows';
export const MEMBER_LINES = 'memberLines';
/** How often the members of each part of a roster have changed: a part that has not is not read again. */
export const PART_REVISIONS = 'rosterPartRevisions';

/** Collections that are written beside the roster's aggregates. */
export const rosterCollections = [
  { collection: FILE_ROWS, indexes: [{ keys: { file: 1, member: 1, line: 1 } }, { keys: { file: 1, line: 1 } }] },
  { collection: PART_REVISIONS, indexes: [{ keys: { book: 1 } }] },
  { collection: MEMBER_LINES, indexes: [{ keys: { book: 1, month: 1, member: 1, rev: 1 } }] },
] as const;

/** The payer's number of a member is sealed with the territory's key: the books know a pseudonym. */
export const memberType: Aggregate<Member, MemberCommand, MemberChanged> = {
  ...members,
  name: 'Member',
  collection: 'members',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['reference'],
  companions: ({ data: { book, bucket } }) => [
    {
      collection: PART_REVISIONS,
      increment: { _id: `${book}|${bucket}`, by: { revision: 1n }, set: { book, bucket } },
    },
  ],
  indexes: [{ keys: { book: 1, bucket: 1 } }],
};

export const rosterFileType = csvFileType<AboutRoster, FileRow>('RosterFile', 'rosterFiles', FILE_ROWS);

export const rosterAccountType: Aggregate<RosterAccount, RosterAccountCommand, RosterAccountEvent> = {
  ...rosterAccounts(shelf),
  name: 'RosterAccount',
  collection: 'rosterAccounts',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: (event) => {
    if (event.type === 'LinesMoved') return runCompanions(event.data);
    return event.type === 'RosterSettled' ? restsOn(event.data) : [];
  },
  follow: (event) => (event.type === 'LinesMoved' ? followOf(event.data) : []),
  indexes: [{ keys: { book: 1, month: 1 } }],
};

type Settled = (RosterAccountEvent & { type: 'RosterSettled' })['data'];

/** What the amounts of a month rest on: what was suspended, and the list of acts with each practitioner's part in it. */
function restsOn({ book, month, participants, suspensions, territory, now }: Settled): readonly Companion[] {
  const note = (eventId: string, what: string, more: object) =>
    once(EVIDENCE, `${territory}|${eventId}`, { territory, eventId, what, parties: [], ...more });
  const suspended = suspensions.map(({ eventId, from }) => note(eventId, 'suspension', { at: from }));
  if (participants === null) return suspended;
  const { list, rows } = participants;
  return [
    ...suspended,
    note(list, 'participations', { at: now, book, month }),
    ...rows.map(({ id: party, points, acts }) =>
      once(LIST_PARTIES, `${territory}|${list}|${party}`, { territory, list, party, points, acts }),
    ),
  ];
}

/** A month under a contract of a book: `demo.msp-b|diabetes-pmpm|2026-06`. */
export const rosterAccountIdOf = (of: { book: string; contractId: string; month: string }): string =>
  `${of.book}|${of.contractId}|${of.month}`;

export const rosterBucketType: Aggregate<RosterBucket, ComputeBucket, BucketComputed> = {
  ...rosterBuckets(shelf),
  name: 'RosterBucket',
  collection: 'rosterBuckets',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: ({ data: { book, contractId, month, changed, now } }, _state, id) =>
    changed.map(({ id: member, ...line }) => ({
      collection: MEMBER_LINES,
      put: { _id: `${id}|${member}|${line.rev}`, book, contractId, month, member, ...line, at: now },
    })),
  follow: ({ data: { book, contractId, month, bucket, inputsHash, cents, members: count, days, seen } }) => {
    const part = { bucket, inputsHash, cents, members: count, days, ...(seen === undefined ? {} : { seen }) };
    const place = { book, contractId, month };
    return [effect(rosterAccountType, rosterAccountIdOf(place), { type: 'TakePart', ...place, part })];
  },
  indexes: [{ keys: { book: 1, contractId: 1, month: 1 } }],
};
