import { Type } from '@sinclair/typebox';
import { Code, Day, defineEvents, type EventOf, Id, indirect, Instant, none, Pin } from './define-event';
import { ids } from './example-ids';
import { operationsEvents } from './operations';

const define = defineEvents('capitation');

/** An amount in minor units, as a string because JSON numbers are floats. */
const Cents = none(Type.String({ pattern: '^-?\\d+$' }));

export const capitationEvents = {
  ...operationsEvents('capitation'),
  PaymentContractActivated: define(
    'PaymentContractActivated',
    'A version of a payment contract may price pathways; it is immutable from now on.',
    Type.Object({ contract: Pin, activatedAt: Instant, protocols: Type.Array(Code) }),
    {
      contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
      activatedAt: '2026-01-01T00:00:00Z',
      protocols: ['breast-cancer'],
    },
  ),
  PaymentContractEnded: define(
    'PaymentContractEnded',
    'A version of a payment contract pays nothing from a day on: who enters then is paid by another.',
    Type.Object({ contract: Pin, endsOn: Day, endsAt: Instant }),
    {
      contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
      endsOn: '2026-10-01',
      endsAt: '2026-09-30T22:00:00Z',
    },
  ),
  EntriesPosted: define(
    'EntriesPosted',
    'Balanced entries stand in a book, in order of their numbers. Labels name neither patient, protocol nor diagnosis.',
    Type.Object({
      book: Code,
      entries: Type.Array(
        Type.Object({
          entryId: indirect(Type.String({ maxLength: 200 })),
          seq: none(Type.Integer({ minimum: 1 })),
          code: Code,
          effectiveAt: Instant,
          amountCents: Cents,
          causeEventIds: Type.Array(Id),
        }),
        { minItems: 1 },
      ),
    }),
    {
      book: 'demo',
      entries: [
        {
          entryId: 'onco-pathway-a/ep-7f3a/diagnosis/1',
          seq: 1,
          code: 'BUNDLE_DUE',
          effectiveAt: '2026-03-27T14:00:00Z',
          amountCents: '111111',
          causeEventIds: [ids.other],
        },
      ],
    },
  ),
  PeriodClosed: define(
    'PeriodClosed',
    'A month of a book is closed for good: the seal by which anybody can tell later that nothing before it was changed.',
    Type.Object({
      book: Code,
      month: none(Type.String({ pattern: '^\\d{4}-\\d{2}$' })),
      closedSeq: none(Type.Integer({ minimum: 0 })),
      hash: none(Type.String({ pattern: '^[0-9a-f]{64}$' })),
      root: none(Type.String({ pattern: '^[0-9a-f]{64}$' })),
      closedAt: Instant,
    }),
    {
      book: 'demo',
      month: '2026-06',
      closedSeq: 41,
      hash: '2'.repeat(64),
      root: '3'.repeat(64),
      closedAt: '2026-07-07T09:00:00Z',
    },
  ),
} as const;

export type CapitationEvent = EventOf<typeof capitationEvents>;
