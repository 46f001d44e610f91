import { begunAfter, type ProtocolDocument, type ProtocolStep } from './protocol-types';

export const NODE_WIDTH = 186;
export const NODE_HEIGHT = 54;
const GAP_X = 22;
const GAP_Y = 26;
const BAND_TOP = 34;
const BAND_GAP = 14;

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
 * Where each step of a protocol is drawn, in pixels: a band a phase from above to below, in it a row for each rank (one
 * more than the last of those it begins after), and in a row each step as near as may be under those it follows.
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
    for (const row of rowsOf(inPhase)) {
      for (const [column, step] of ordered(row, placed).entries())
        placed.set(step.id, { step, x: GAP_X + column * (NODE_WIDTH + GAP_X), y });
      y += NODE_HEIGHT + GAP_Y;
    }
    bands.push({ phase: id, y: top, height: y - top - GAP_Y / 2 });
    y += BAND_GAP;
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
function rowsOf(steps: readonly ProtocolStep[]): readonly (readonly ProtocolStep[])[] {
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
  const rows: ProtocolStep[][] = [];
  for (const step of steps) (rows[rankOf(step, new Set([step.id]))] ??= []).push(step);
  return rows.filter((row) => row.length > 0);
}

/** In the order of the middle of those they follow; those that follow nobody keep the document's order, at the end. */
function ordered(row: readonly ProtocolStep[], placed: ReadonlyMap<string, PlacedStep>): readonly ProtocolStep[] {
  const middleOf = (step: ProtocolStep): number => {
    const above = begunAfter(step).flatMap((id) => placed.get(id)?.x ?? []);
    return above.length === 0 ? Number.MAX_SAFE_INTEGER : above.reduce((sum, x) => sum + x, 0) / above.length;
  };
  return [...row].sort((one, other) => middleOf(one) - middleOf(other));
}
