import { begunAfter, type ProtocolDocument, type ProtocolStep } from './protocol-types';

export const NODE_WIDTH = 188;
export const NODE_HEIGHT = 54;
const GAP_X = 26;
const GAP_Y = 18;
/** Between two lines of a band, where the thread comes back to the left. */
const LINE_GAP = 16;
const BAND_TOP = 34;
const BAND_GAP = 14;
/** Steps that follow one another in a line, before the thread goes on in the next. */
const COLUMNS = 5;

export interface PlacedStep {
  readonly step: ProtocolStep;
  readonly x: number;
  readonly y: number;
}

interface Band {
  readonly phase: string;
  readonly y: number;
  readonly height: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly PlacedStep[];
  readonly bands: readonly Band[];
  readonly arrows: readonly { readonly from: PlacedStep; readonly to: PlacedStep }[];
}

/**
 * Where each step of a protocol is drawn, in pixels: a band a phase from above to below, in it a column for each rank (one
 * more than the last of those it begins after), in lines of five as a text is read, and in a column each step as near as
 * may be beside those it follows.
 */
export function drawingOf({ phases, steps }: Pick<ProtocolDocument, 'phases' | 'steps'>): Drawing {
  const placed = new Map<string, PlacedStep>();
  const bands: Band[] = [];
  let y = 0;
  for (const { id } of phases) {
    const inPhase = steps.filter(({ phase }) => phase === id);
    if (inPhase.length === 0) continue;
    const top = y;
    y += BAND_TOP;
    const ranks = ranksOf(inPhase);
    for (let first = 0; first < ranks.length; first += COLUMNS) {
      const line = ranks.slice(first, first + COLUMNS);
      for (const [column, rank] of line.entries())
        for (const [row, step] of ordered(rank, placed).entries())
          placed.set(step.id, {
            ...{ step, x: GAP_X + column * (NODE_WIDTH + GAP_X) },
            y: y + row * (NODE_HEIGHT + GAP_Y),
          });
      y += Math.max(...line.map(({ length }) => length)) * (NODE_HEIGHT + GAP_Y) + LINE_GAP;
    }
    bands.push({ phase: id, y: top, height: y - top - LINE_GAP });
    y += BAND_GAP - LINE_GAP;
  }
  const all = [...placed.values()];
  const arrows = all.flatMap((to) =>
    [...new Set(begunAfter(to.step))].flatMap((id) => {
      const from = placed.get(id);
      return from === undefined || from === to ? [] : [{ from, to }];
    }),
  );
  const width = Math.max(0, ...all.map(({ x }) => x + NODE_WIDTH + GAP_X));
  return { width, height: y, steps: all, bands, arrows };
}

/** The steps of a phase by rank. A step that comes back after itself, or in a circle, keeps the rank it has when met again. */
function ranksOf(steps: readonly ProtocolStep[]): readonly (readonly ProtocolStep[])[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const ranks = new Map<string, number>();
  const rankOf = (step: ProtocolStep, above: ReadonlySet<string>): number => {
    const known = ranks.get(step.id);
    if (known !== undefined) return known;
    const before = begunAfter(step).flatMap((id) => {
      const other = byId.get(id);
      return other === undefined || above.has(id) ? [] : [rankOf(other, new Set([...above, id]))];
    });
    const rank = before.length === 0 ? 0 : Math.max(...before) + 1;
    ranks.set(step.id, rank);
    return rank;
  };
  const columns: ProtocolStep[][] = [];
  for (const step of steps) (columns[rankOf(step, new Set([step.id]))] ??= []).push(step);
  return columns.filter((column) => column.length > 0);
}

/** In the order of the middle of those they follow; those that follow nobody keep the document's order, at the end. */
function ordered(rank: readonly ProtocolStep[], placed: ReadonlyMap<string, PlacedStep>): readonly ProtocolStep[] {
  const middleOf = (step: ProtocolStep): number => {
    const above = begunAfter(step).flatMap((id) => placed.get(id)?.y ?? []);
    return above.length === 0 ? Number.MAX_SAFE_INTEGER : above.reduce((sum, y) => sum + y, 0) / above.length;
  };
  return [...rank].sort((one, other) => middleOf(one) - middleOf(other));
}
