import { DomainError } from '@ariane/kernel';
import { LineCounter, parseDocument } from 'yaml';
import { protocolSha256 } from './protocol-sha256';
import { flowFaults } from './check-flow';
import { nameFaults } from './check-names';
import { isProtocolDocument, schemaFaults } from './check-schema';
import { compileStep, dictionaryOf, vocabularyOf } from './compile';
import type { ProtocolDocument } from './document';
import { exampleFaults } from './examples';
import { type Fault } from './fault';
import type { Protocol } from './protocol';

/**
 * All that is wrong with a document before it may be activated: shape, then names, types and values, then the flow, then
 * its examples, which must pass. Later checks run only on what the earlier ones let through.
 */
export function checkProtocol(document: unknown): readonly Fault[] {
  if (!isProtocolDocument(document)) return schemaFaults(document);
  const names = nameFaults(document);
  if (names.length > 0) return names;
  const flow = flowFaults(document);
  return flow.length > 0 ? flow : exampleFaults(compileProtocol(document));
}

/** The same for a text, JSON or YAML, each fault with its line. */
export function checkProtocolText(text: string): readonly Fault[] {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines });
  if (parsed.errors.length > 0) {
    return parsed.errors.map((error) => ({
      pointer: '',
      message: error.message,
      line: lines.linePos(error.pos[0]).line,
    }));
  }
  return checkProtocol(parsed.toJS()).map((found) => {
    const start = startOf(found.pointer, (path) => parsed.getIn(path, true));
    return start === undefined ? found : { ...found, line: lines.linePos(start).line };
  });
}

/** Where the value under a pointer, or the nearest one above it that exists, begins in the text. */
function startOf(pointer: string, nodeAt: (path: readonly string[]) => unknown): number | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = nodeAt(path.slice(0, depth));
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const start: unknown = node.range[0];
      if (typeof start === 'number') return start;
    }
  }
  return undefined;
}

/**
 * A protocol ready for `next`, compiled once from a document or from its text (JSON or YAML).
 * @throws DomainError PROTOCOL_INVALID with the first fault and how many there are
 */
export function loadProtocol(source: unknown): Protocol {
  const faults = typeof source === 'string' ? checkProtocolText(source) : checkProtocol(source);
  const document: unknown = typeof source === 'string' && faults.length === 0 ? parseDocument(source).toJS() : source;
  const [first] = faults;
  if (first || !isProtocolDocument(document)) {
    const where = first?.line === undefined ? (first?.pointer ?? '') : `line ${String(first.line)}, ${first.pointer}`;
    const params = { where, fault: first?.message ?? '', count: String(faults.length) };
    throw new DomainError('PROTOCOL_INVALID', params, first?.pointer);
  }
  return compileProtocol(document);
}

function compileProtocol(document: ProtocolDocument): Protocol {
  const vocabulary = vocabularyOf(document);
  return {
    document,
    sha256: protocolSha256(document),
    facts: dictionaryOf(document),
    steps: new Map(document.steps.map((step) => [step.id, compileStep(step, vocabulary, document.steps)])),
    ends: document.ends,
  };
}
