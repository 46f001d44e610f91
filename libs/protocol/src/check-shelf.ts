import { isProtocolDocument } from './check-schema';
import type { ProtocolDocument } from './document';
import { type Fault, fault, meant } from './fault';

/** The documents that a protocol may send a patient to, or inherit. */
export type Shelf = readonly ProtocolDocument[];

/** Those of some documents that are whole protocols of this language; their own faults are not looked for. */
export const protocolsAmong = (documents: readonly unknown[]): Shelf => documents.filter(isProtocolDocument);

/** Sub-protocols that nobody knows, when a shelf is given, and those that lead back to where they came from. */
export function subProtocolFaults(document: ProtocolDocument, shelf: Shelf | undefined): readonly Fault[] {
  const others = (shelf ?? []).filter((other) => other.id !== document.id);
  const ids = [document.id, ...others.map(({ id }) => id)];
  return document.steps.flatMap((step, index) => {
    if (step.kind !== 'sub-protocol') return [];
    const path = ['steps', index, 'protocol'];
    if (shelf && !ids.includes(step.protocol)) {
      const remedy = meant(step.protocol, ids, 'Name a protocol that is on the shelf, or add it there.');
      return [fault('name', path, `"${step.protocol}" is not a known protocol`, remedy)];
    }
    const loop = wayBack(step.protocol, document.id, others, [document.id]);
    const remedy = 'Let one of these protocols stop sending patients on to the next.';
    return loop ? [fault('sub-protocol', path, `leads back to itself: ${loop.join(' → ')}`, remedy)] : [];
  });
}

/** The protocols on the way from one to another, or undefined when there is none. */
function wayBack(from: string, to: string, shelf: Shelf, trail: readonly string[]): readonly string[] | undefined {
  if (from === to) return [...trail, to];
  if (trail.includes(from)) return undefined;
  const sent = shelf
    .filter(({ id }) => id === from)
    .flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'sub-protocol' ? [step.protocol] : [])));
  for (const next of sent) {
    const found = wayBack(next, to, shelf, [...trail, from]);
    if (found) return found;
  }
  return undefined;
}
