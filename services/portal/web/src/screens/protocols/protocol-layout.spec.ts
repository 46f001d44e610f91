import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { drawingOf, NODE_HEIGHT, NODE_WIDTH } from './protocol-layout';
import { begunAfter, type ProtocolDocument } from './protocol-types';

const folder = join(__dirname, '../../../../../pathways/protocols');
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProtocolDocument);

describe.each(shipped.map((document) => [document.id, document] as const))('the drawing of %s', (_, document) => {
  const drawing = drawingOf(document);

  it('shows every step once', () => {
    expect(drawing.steps.map(({ step }) => step.id).sort()).toEqual(document.steps.map(({ id }) => id).sort());
  });

  it('puts no step upon another', () => {
    for (const one of drawing.steps)
      for (const other of drawing.steps) {
        if (one === other) continue;
        const isApart = Math.abs(one.x - other.x) >= NODE_WIDTH || Math.abs(one.y - other.y) >= NODE_HEIGHT;
        expect([one.step.id, other.step.id, isApart]).toEqual([one.step.id, other.step.id, true]);
      }
  });

  it('draws each step in the band of its phase', () => {
    for (const { step, y } of drawing.steps) {
      const band = drawing.bands.find(({ phase }) => phase === step.phase)!;
      expect(y >= band.y && y + NODE_HEIGHT <= band.y + band.height).toBe(true);
    }
  });

  it('draws an arrow from each step to those that begin after it', () => {
    const ids = new Set(document.steps.map(({ id }) => id));
    const expected = document.steps.flatMap((step) =>
      [...new Set(begunAfter(step))].filter((id) => ids.has(id) && id !== step.id).map((id) => `${id} ${step.id}`),
    );
    expect(drawing.arrows.map(({ from, to }) => `${from.step.id} ${to.step.id}`).sort()).toEqual(expected.sort());
  });
});

it('ends though two steps wait for each other', () => {
  const step = (id: string, after: string) => ({
    ...{ id, phase: 'p', kind: 'task', label: { fr: id, en: id }, labelBefore: { fr: id, en: id } },
    start: { all: [{ after }] },
  });
  const phases = [{ id: 'p', label: { fr: 'p', en: 'p' } }];
  expect(drawingOf({ phases, steps: [step('a', 'b'), step('b', 'a')] }).steps).toHaveLength(2);
});
