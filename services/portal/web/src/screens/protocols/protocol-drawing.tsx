import { useTranslation } from 'react-i18next';

import { Group, ScrollArea, Stack, Text } from '../../ui';
import { drawingOf, NODE_HEIGHT, NODE_WIDTH, type PlacedStep } from './protocol-layout';
import type { ProtocolDocument, ProtocolStep } from './protocol-types';
import { useKindText } from './step-words';

export interface ProtocolDrawingProps {
  readonly document: ProtocolDocument;
  readonly language: 'fr' | 'en';
  readonly chosen: string | undefined;
  readonly onChoose: (stepId: string) => void;
}

/** The protocol as a picture: a band a phase, an arrow from each step to what begins after it. Its twin is the table. */
export function ProtocolDrawing({ document, language, chosen, onChoose }: ProtocolDrawingProps) {
  const { t } = useTranslation('protocols');
  const { width, height, steps, bands, arrows } = drawingOf(document);
  const phaseText = (id: string): string => document.phases.find((phase) => phase.id === id)?.label[language] ?? id;
  return (
    <Stack gap="xs">
      <Legend kinds={[...new Set(document.steps.map(({ kind }) => kind))]} />
      <ScrollArea.Autosize
        mah="70vh"
        viewportProps={{ tabIndex: 0, 'aria-label': t('drawing.scroll'), role: 'region' }}
      >
        <div style={{ position: 'relative', minWidth: width, height }}>
          <svg width="100%" height={height} aria-hidden="true" style={{ position: 'absolute', inset: 0 }}>
            {bands.map((band, index) => (
              <rect
                key={band.phase}
                x={0}
                y={band.y}
                width="100%"
                height={band.height}
                rx={10}
                fill={index % 2 === 0 ? 'var(--ariane-calm-ground)' : 'var(--mantine-color-body)'}
                opacity={0.6}
              />
            ))}
            {arrows.map(({ from, to }) => (
              <path
                key={`${from.step.id} ${to.step.id}`}
                d={arrowPath(from, to)}
                fill="none"
                stroke={isChosen(chosen, from, to) ? 'var(--ariane-thread)' : 'var(--mantine-color-slate-4)'}
                strokeWidth={isChosen(chosen, from, to) ? 2.4 : 1.2}
              />
            ))}
          </svg>
          {bands.map(({ phase, y }) => (
            <h3
              key={phase}
              style={{
                position: 'absolute',
                top: y + 6,
                insetInlineStart: 12,
                margin: 0,
                fontSize: 13,
                fontWeight: 650,
              }}
            >
              {phaseText(phase)}
            </h3>
          ))}
          {steps.map(({ step, x, y }) => (
            <button
              key={step.id}
              type="button"
              className="paper"
              aria-pressed={chosen === step.id}
              onClick={() => {
                onChoose(step.id);
              }}
              style={{
                ...{
                  position: 'absolute',
                  left: x,
                  top: y,
                  width: NODE_WIDTH,
                  height: NODE_HEIGHT,
                  padding: '2px 8px',
                },
                ...{ font: 'inherit', fontSize: 12, lineHeight: 1.25, textAlign: 'start', cursor: 'pointer' },
                ...{ color: 'var(--ariane-ink)', overflow: 'auto' },
                borderInlineStart: `4px solid ${inkOf(step.kind)}`,
                outline: chosen === step.id ? '2px solid var(--ariane-thread)' : undefined,
              }}
            >
              {step.label[language]}
            </button>
          ))}
        </div>
      </ScrollArea.Autosize>
    </Stack>
  );
}

/** What the edge of a step says: its nature, also in words on the panel and in the table. */
function Legend({ kinds }: { readonly kinds: readonly ProtocolStep['kind'][] }) {
  const kindText = useKindText();
  return (
    <Group gap="md" aria-hidden>
      {kinds.map((kind) => (
        <Group key={kind} gap={6} wrap="nowrap">
          <span style={{ width: 4, height: 14, borderRadius: 2, background: inkOf(kind) }} />
          <Text size="xs">{kindText(kind)}</Text>
        </Group>
      ))}
    </Group>
  );
}

const kindInks: Readonly<Record<string, string>> = {
  appointment: 'var(--ariane-calm)',
  meeting: 'var(--ariane-thread)',
  'tele-expertise': 'var(--ariane-late)',
  milestone: 'var(--ariane-done)',
};

const inkOf = (kind: string): string => kindInks[kind] ?? 'var(--mantine-color-slate-5)';

const isChosen = (chosen: string | undefined, from: PlacedStep, to: PlacedStep): boolean =>
  chosen !== undefined && (from.step.id === chosen || to.step.id === chosen);

/** To the right where what follows stands there; else down and back to the left, as a text goes on in the next line. */
function arrowPath(from: PlacedStep, to: PlacedStep): string {
  const isBeside = to.x > from.x && to.step.phase === from.step.phase;
  const [x1, y1] = isBeside
    ? [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2]
    : [from.x + NODE_WIDTH / 2, from.y + NODE_HEIGHT];
  const [x2, y2] = isBeside ? [to.x, to.y + NODE_HEIGHT / 2] : [to.x + NODE_WIDTH / 2, to.y];
  const bend = isBeside ? (x2 - x1) / 2 : Math.max(18, Math.abs(y2 - y1) / 2);
  const [bx, by] = isBeside ? [bend, 0] : [0, bend];
  return `M${String(x1)} ${String(y1)} C${String(x1 + bx)} ${String(y1 + by)} ${String(x2 - bx)} ${String(y2 - by)} ${String(x2)} ${String(y2)}`;
}
