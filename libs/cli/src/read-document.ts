import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Document, isAlias, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
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
 * @param allowed where `anchors` is false, one is a fault, as is a number that is not exact: what is hashed is written out
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
  if (!allowed.anchors) checkWrittenOut(file, parsed, lines);
  const document: unknown = parsed.toJS();
  if (document === null) throw new BadInput(`${file} is empty.`);
  return { text, document };
}

/** Throws BadInput for an anchor, an alias, and a number that a computer does not hold as it is written. */
function checkWrittenOut(file: string, parsed: Document, lines: LineCounter): void {
  const refuse = (node: Node, reason: string): never => {
    const { line } = lines.linePos(node.range?.[0] ?? 0);
    throw new BadInput(`${file}, line ${line}: ${reason}`);
  };
  visit(parsed, (_, node) => {
    if (isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined))
      refuse(node, 'anchors and aliases are not read here: write the value out.');
    if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value, node.source ?? ''))
      refuse(node, `${node.source ?? ''} has too many digits for a number: write it as a text, between quotes.`);
  });
}

const isExact = (value: number, source: string): boolean =>
  !/^-?\d+(\.\d+)?$/.test(source) || String(value) === source.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
