import { canonicalJson } from '@ariane/kernel';
import type { Protocol } from '@ariane/protocol';

/** A document never changes, and is asked at every booking. */
const known = new WeakMap<Protocol, boolean>();

/**
 * Whether anything in a protocol is dated by a visit's slot before it takes place. Where nothing is, a booking changes no
 * plan, and the pathway need not be read again for it.
 */
export function readsSlots(protocol: Protocol): boolean {
  const before = known.get(protocol);
  if (before !== undefined) return before;
  const { steps, branches = [], ends } = protocol.document;
  const reads = /appointment\.booked|"date":"planned"/.test(canonicalJson({ steps, branches, ends }));
  known.set(protocol, reads);
  return reads;
}
