import type { EventContract, ReceivedEvent, Service } from '@ariane/contracts';
import type { Static } from '@sinclair/typebox';

/** An event as a consumer receives it, from the contract's own example: both sides are tested with the same words. */
export function received<C extends EventContract>(
  contract: C,
  changes: Partial<Static<C['data']>> = {},
  envelope: Partial<ReceivedEvent['envelope']> = {},
): ReceivedEvent<Static<C['data']>> {
  const data = { ...contract.example, ...changes }; // an example keeps its contract: contracts.spec
  return {
    envelope: {
      specversion: '1.0',
      id: '01890a5d-ac96-7000-8000-0000000000ff',
      source: `/ariane/${contract.service satisfies Service}`,
      type: contract.type,
      subject: subjectOf(data),
      time: '2026-03-02T08:00:00Z',
      datacontenttype: 'application/json',
      sequence: 1,
      correlationid: '01890a5d-ac96-7000-8000-0000000000fe',
      causationid: '01890a5d-ac96-7000-8000-0000000000fd',
      territory: 'demo',
      keyid: 'territory:demo',
      ...envelope,
    },
    fact: contract.fact,
    data,
  };
}

const subjectOf = (data: unknown): string =>
  typeof data === 'object' && data !== null && 'pathwayId' in data ? String(data.pathwayId) : 'subject';
