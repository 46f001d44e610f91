import { loadProtocol, protocolsAmong, type Protocol } from '@ariane/protocol';

/**
 * The protocols of one folder, each checked with the others at hand: a variant is laid onto its base whichever of the
 * two comes first, and a sub-protocol must be among them.
 *
 * @param texts of the documents, JSON
 * @throws DomainError PROTOCOL_INVALID with the line of the first fault
 */
export function protocolsFrom(texts: readonly string[]): readonly Protocol[] {
  const shelf = protocolsAmong(texts.flatMap(parsed));
  return texts.map((text) => loadProtocol(text, shelf));
}

/** A text that is no JSON is on nobody's shelf; loading it says where it is broken. */
function parsed(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
