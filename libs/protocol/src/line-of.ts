import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/**
 * The line, from 1, where the value under a JSON pointer is written: that of its name in an object, of its first sign in a
 * list; of the nearest one above it that exists otherwise.
 */
export function lineOf(pointer: string, document: Document, lines: LineCounter): number | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: Node | null = document.contents;
  let start = node?.range?.[0];
  for (const name of path) {
    const child: Place | undefined = placeIn(node, name);
    if (!child) break;
    node = child.node;
    start = child.start ?? start;
  }
  return start === undefined ? undefined : lines.linePos(start).line;
}

interface Place {
  readonly node: Node | null;
  readonly start: number | undefined;
}

function placeIn(node: Node | null, name: string): Place | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (!pair) return undefined;
    return { node: nodeOf(pair.value), start: nodeOf(pair.key)?.range?.[0] };
  }
  if (isSeq(node)) {
    const item = nodeOf(node.items[Number(name)]);
    return item ? { node: item, start: item.range?.[0] } : undefined;
  }
  return undefined;
}

const nodeOf = (value: unknown): Node | null => (isNode(value) ? value : null);
