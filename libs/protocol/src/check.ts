import { DomainError } from '@ariane/kernel';
import { LineCounter, parseDocument } from 'yaml';
import { flowFaults } from './check-flow';
import { nameFaults } from './check-names';
import {
  claimsVariant,
  isProtocolDocument,
  isVariantDocument,
  schemaFaults,
  variantSchemaFaults,
} from './check-schema';
import { type Shelf, subProtocolFaults } from './check-shelf';
import { compileProtocol } from './compile';
import type { ProtocolDocument } from './document';
import { exampleFaults } from './examples';
import { type Fault, fault } from './fault';
import { lineOf } from './line-of';
import { faultInVariant, mergeVariant } from './merge-variant';
import type { Protocol } from './protocol';

/**
 * All that is wrong with a document before it may be activated: shape, then names, types and values, then the flow, then
 * its examples, which must pass. Later checks run only on what the earlier ones let through. A local variant is merged
 * onto its base first, and checked as a whole.
 *
 * @param shelf the other protocols: without it, a sub-protocol may be any, and a variant is refused for want of its base
 */
export function checkProtocol(document: unknown, shelf?: Shelf): readonly Fault[] {
  if (claimsVariant(document)) {
    const { faults, merged } = mergedFrom(document, shelf);
    if (!merged || !isVariantDocument(document)) return faults;
    return checkProtocol(merged, shelf).map((found) => faultInVariant(found, document, merged));
  }
  if (!isProtocolDocument(document)) return schemaFaults(document);
  const names = [...nameFaults(document), ...subProtocolFaults(document, shelf)];
  if (names.length > 0) return names;
  const flow = flowFaults(document);
  return flow.length > 0 ? flow : exampleFaults(compileProtocol(document));
}

/** A variant and its base as one document, or why they cannot be. */
function mergedFrom(
  document: unknown,
  shelf: Shelf | undefined,
): { readonly faults: readonly Fault[]; readonly merged?: ProtocolDocument } {
  if (!isVariantDocument(document)) return { faults: variantSchemaFaults(document) };
  const { id, version } = document.variantOf;
  const base = shelf?.find((other) => other.id === id && other.version === version);
  if (!base) {
    const remedy = 'Give the base along with the variant, in the version that is named.';
    return {
      faults: [fault('name', ['variantOf'], `the base ${id}, version ${String(version)}, is not known`, remedy)],
    };
  }
  return mergeVariant(base, document);
}

/** The same for a text, JSON or YAML, each fault with its line. */
export function checkProtocolText(text: string, shelf?: Shelf): readonly Fault[] {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (parsed.errors.length > 0) {
    return parsed.errors.map((error) => ({
      ...fault(
        'schema',
        [],
        `is neither JSON nor YAML: ${error.message}`,
        'Mend the text here: a comma, a quote or a bracket.',
      ),
      line: lines.linePos(error.pos[0]).line,
    }));
  }
  return checkProtocol(parsed.toJS(), shelf).map((found) => {
    const line = lineOf(found.pointer, parsed, lines);
    return line === undefined ? found : { ...found, line };
  });
}

/**
 * A protocol ready for `next`, compiled once from a document or from its text (JSON or YAML); a variant, from its base on
 * the shelf and itself.
 * @throws DomainError PROTOCOL_INVALID with the first fault and how many there are
 */
export function loadProtocol(source: unknown, shelf?: Shelf): Protocol {
  const faults = typeof source === 'string' ? checkProtocolText(source, shelf) : checkProtocol(source, shelf);
  const given: unknown = typeof source === 'string' && faults.length === 0 ? parseDocument(source).toJS() : source;
  const document: unknown = claimsVariant(given) ? mergedFrom(given, shelf).merged : given;
  const [first] = faults;
  if (first || !isProtocolDocument(document)) {
    const where = first?.line === undefined ? (first?.pointer ?? '') : `line ${String(first.line)}, ${first.pointer}`;
    const params = { where, fault: first?.message ?? '', count: String(faults.length) };
    throw new DomainError('PROTOCOL_INVALID', params, first?.pointer);
  }
  return compileProtocol(document);
}
