import {
  contractOf,
  type Envelope,
  type EventContract,
  faultsOf,
  isEnvelope,
  type ReceivedEvent,
} from '@ariane/contracts';
import { type KeyStore, type OutboxDocument, seal, unseal } from '@ariane/store';

/** A fact in CloudEvents' structured JSON form: the envelope in clear, the data sealed. */
export interface SealedEvent {
  readonly envelope: Envelope;
  readonly data: Buffer;
}

/** The service that an event comes from. */
export const producerOf = (event: SealedEvent): string => event.envelope.source.slice('/ariane/'.length);

/** What is sent to Kafka for an entry of the outbox; whoever hears it continues `traceparent`. */
export function toMessage(
  service: string,
  entry: OutboxDocument,
  traceparent: string | undefined = entry.traceparent,
): { key: string; value: string; headers: Record<string, string> } {
  const envelope: Envelope = {
    specversion: '1.0',
    id: entry._id,
    source: `/ariane/${service}`,
    type: entry.type,
    subject: entry.subject,
    time: entry.time,
    datacontenttype: 'application/json',
    sequence: entry.sequence,
    correlationid: entry.correlationid,
    causationid: entry.causationid,
    ...(traceparent === undefined ? {} : { traceparent }),
    territory: entry.territory,
    keyid: entry.keyid,
  };
  const value = JSON.stringify({ ...envelope, data_base64: Buffer.from(entry.data.buffer).toString('base64') });
  return { key: entry.subject, value, headers: { 'content-type': 'application/cloudevents+json' } };
}

/** The event in a Kafka message, still sealed; undefined when it is not one of ours. */
export function fromMessage(value: Buffer | null): SealedEvent | undefined {
  if (value === null) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.toString());
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('data_base64' in parsed)) return undefined;
  const { data_base64: sealed, ...envelope } = parsed;
  if (typeof sealed !== 'string' || !isEnvelope(envelope)) return undefined;
  return { envelope, data: Buffer.from(sealed, 'base64') };
}

/** Opens and validates an event. Throws an Error that names the faulty fields, never their values. */
export async function openEvent(keys: KeyStore, { envelope, data }: SealedEvent): Promise<ReceivedEvent> {
  const contract = contractOf(envelope.type);
  if (contract === undefined) throw new Error(`${envelope.type} is not in the catalogue`);
  const key = await keys.key(envelope.territory, envelope.keyid);
  const opened: unknown = JSON.parse(unseal(key, data, envelope.id).toString());
  const faults = faultsOf(envelope.type, opened);
  if (faults.length > 0) throw new Error(`${envelope.type} breaks its contract at ${faults.join(', ')}`);
  return { envelope, fact: contract.fact, data: opened };
}

/** The message of a fact that no outbox holds, sealed with the territory's key; for tests that publish by hand. */
export async function messageByHand(
  keys: KeyStore,
  contract: EventContract,
  { id: _id, ...fact }: { id: string } & Pick<OutboxDocument, 'territory' | 'subject' | 'sequence' | 'time'>,
  data: unknown,
): Promise<{ key: string; value: string }> {
  const keyid = `territory:${fact.territory}`;
  const buffer = seal(await keys.key(fact.territory, keyid), Buffer.from(JSON.stringify(data)), _id);
  const { type, service } = contract;
  const entry = { ...fact, _id, type, keyid, correlationid: _id, causationid: _id, data: { buffer } };
  const { key, value } = toMessage(service, entry);
  return { key, value };
}
