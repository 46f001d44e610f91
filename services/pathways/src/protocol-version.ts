import type { PathwaysEvent, Pin } from '@ariane/contracts';
import { arianeNamespace, type Decider, DomainError, invariant, uuidv5 } from '@ariane/kernel';

/** One version of a care protocol that this territory published: never changed, in use once a second person says so. */
export interface ProtocolVersion {
  readonly protocol: Pin;
  /** Civil day after which it takes no new patient. */
  readonly reviewBy: string;
  /** The document, as canonical JSON; empty only within the transaction that publishes it. */
  readonly json: string;
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly status: 'published' | 'active';
  readonly activatedBy?: string;
  readonly activatedAt?: string;
}

export type ProtocolCommand =
  | {
      readonly type: 'PublishProtocol';
      readonly protocol: Pin;
      readonly reviewBy: string;
      readonly json: string;
      readonly by: string;
      readonly now: string;
    }
  | { readonly type: 'ActivateProtocol'; readonly by: string; readonly now: string };

export type ProtocolEvent =
  | Extract<PathwaysEvent, { type: 'ProtocolPublished' | 'ProtocolActivated' }>
  | { readonly type: 'ProtocolDocumentKept'; readonly data: { readonly json: string } };

/** Four eyes: who publishes does not activate. The same document again is the same version; another is refused. */
export const protocolVersion: Decider<ProtocolVersion, ProtocolCommand, ProtocolEvent> = { decide, evolve };

export const protocolVersionIdOf = (territory: string, id: string, version: number): string =>
  uuidv5(arianeNamespace, `protocol|${territory}|${id}|${version}`);

function decide(state: ProtocolVersion | undefined, command: ProtocolCommand): readonly ProtocolEvent[] {
  if (command.type === 'PublishProtocol') {
    const { protocol, reviewBy, json, by, now } = command;
    if (state?.protocol.sha256 === protocol.sha256) return [];
    if (state !== undefined) throw new DomainError('PROTOCOL_IMMUTABLE', {}, 'document.version');
    return [
      { type: 'ProtocolPublished', data: { protocol, reviewBy, by, publishedAt: now } },
      { type: 'ProtocolDocumentKept', data: { json } },
    ];
  }
  if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'version');
  if (state.status === 'active') return [];
  if (state.publishedBy === command.by) throw new DomainError('SECOND_PERSON_REQUIRED');
  const { protocol } = state;
  return [{ type: 'ProtocolActivated', data: { protocol, by: command.by, activatedAt: command.now } }];
}

function evolve(state: ProtocolVersion | undefined, event: ProtocolEvent): ProtocolVersion {
  if (event.type === 'ProtocolPublished') {
    const { protocol, reviewBy, by: publishedBy, publishedAt } = event.data;
    return { protocol, reviewBy, json: '', publishedBy, publishedAt, status: 'published' };
  }
  invariant(state !== undefined, 'a version begins with ProtocolPublished');
  switch (event.type) {
    case 'ProtocolDocumentKept':
      return { ...state, json: event.data.json };
    case 'ProtocolActivated': {
      const { by: activatedBy, activatedAt } = event.data;
      return { ...state, status: 'active', activatedBy, activatedAt };
    }
  }
}
