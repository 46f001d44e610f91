import { EntryScanner } from './entry-scanner';
import { mapEntry, type MappedEntry } from './map-entry';

/** A mapped resource, and how many bytes of the file have been read when it was found. */
export interface StreamedEntry {
  readonly entry: MappedEntry;
  readonly bytesRead: number;
}

/** Reads and maps a stream of FHIR JSON, one resource at a time. */
export async function* mappedEntries(chunks: AsyncIterable<Buffer>, lines: boolean): AsyncGenerator<StreamedEntry> {
  const scanner = new EntryScanner(lines);
  for await (const chunk of chunks) {
    for (const raw of scanner.push(chunk)) {
      const entry = mapEntry(raw);
      if (entry !== undefined) yield { entry, bytesRead: scanner.bytes };
    }
  }
  for (const raw of scanner.end()) {
    const entry = mapEntry(raw);
    if (entry !== undefined) yield { entry, bytesRead: scanner.bytes };
  }
}
