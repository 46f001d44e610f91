import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Document, isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { BadInput } from './failure';

/** The text of a file. Throws BadInput that says which file cannot be read and why. */
function readText(folder: string, file: string): string {
  try {
    return readFileSync(resolve(folder, file), 'utf8');
  } catch (error) {
    throw new BadInput(unreadable(file, error));
  }
}

/** The sentence for a file that the system does not give. */
export function unreadable(file: string, error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException; // as: what the file system throws
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not read it',
  };
  return `${file} cannot be read: ${reasons[code] ?? code}.`;
}

/**
 * A JSON or YAML document. Throws BadInput with the file and the line of the first fault.
 * @param allowed where `anchors` is false, one is a fault: what is hashed is written out
 */
export function readDocument(
  folder: string,
  file: string,
  allowed: { readonly anchors: boolean } = { anchors: true },
): { readonly text: string; readonly document: unknown } {
  const text = readText(folder, file);
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = parsed.errors;
  if (fault) {
    const { line } = lines.linePos(fault.pos[0]);
    throw new BadInput(`${file}, line ${line}: this is neither JSON nor YAML: ${fault.message}`);
  }
  if (!allowed.anchors) checkNoAnchors(file, parsed, lines);
  const document: unknown = parsed.toJS();
  if (document === null) throw new BadInput(`${file} is empty.`);
  return { text, document };
}

function checkNoAnchors(file: string, parsed: Document, lines: LineCounter): void {
  visit(parsed, (_, node) => {
    const isAnchored = isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined);
    if (!isAnchored) return;
    const { line } = lines.linePos(node.range?.[0] ?? 0);
    throw new BadInput(`${file}, line ${line}: anchors and aliases are not read here: write the value out.`);
  });
}
