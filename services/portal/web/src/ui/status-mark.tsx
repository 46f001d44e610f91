import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircle,
  IconClock,
  IconHourglass,
  IconInfoCircle,
  type TablerIcon,
} from '@tabler/icons-react';

/** What a state means to whoever looks; each has its own shape, word and colour, so that no one alone carries it. */
export type Tone = 'urgent' | 'late' | 'waiting' | 'calm' | 'done' | 'info';

const shapes: Readonly<Record<Tone, TablerIcon>> = {
  urgent: IconAlertTriangle,
  late: IconClock,
  waiting: IconHourglass,
  calm: IconCircle,
  done: IconCheck,
  info: IconInfoCircle,
};

const inks: Readonly<Record<Tone, readonly [string, string]>> = {
  urgent: ['var(--ariane-urgent)', 'var(--ariane-urgent-ground)'],
  late: ['var(--ariane-late)', 'var(--ariane-late-ground)'],
  waiting: ['var(--ariane-calm)', 'var(--ariane-calm-ground)'],
  calm: ['var(--ariane-calm)', 'var(--ariane-calm-ground)'],
  done: ['var(--ariane-done)', 'var(--ariane-done-ground)'],
  info: ['var(--mantine-color-dimmed)', 'var(--mantine-color-body)'],
};

/** From this length on a mark may take a second line. */
const LINE_MAX = 28;

export interface StatusMarkProps {
  readonly tone: Tone;
  readonly children: string;
}

export function StatusMark({ tone, children }: StatusMarkProps) {
  const Shape = shapes[tone];
  const [ink, ground] = inks[tone];
  return (
    <Badge
      variant="light"
      radius="sm"
      tt="none"
      fw={600}
      leftSection={<Shape size={13} aria-hidden />}
      styles={{
        root: {
          ...{ color: ink, background: ground, borderColor: 'transparent', flexShrink: 0, overflow: 'visible' },
          ...{ height: 'auto', minHeight: 20, lineHeight: 1.4, paddingBlock: 1, letterSpacing: 0 },
        },
        // A state is never cut to "1 la…": a column takes its width, and a long one a second line.
        label: { overflow: 'visible', whiteSpace: children.length > LINE_MAX ? 'normal' : 'nowrap' },
      }}
    >
      {children}
    </Badge>
  );
}
