import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const UNDO_MS = 10_000;

/** Says what was done; screen readers hear it without losing their place. */
export function tell(text: string, tone: 'done' | 'failed' = 'done'): void {
  const color = tone === 'done' ? 'lagoon' : 'red';
  notifications.show({ message: text, color, autoClose: tone === 'done' ? 4_000 : 12_000 });
}

let undoLast: (() => void) | undefined;

/** Takes back what the last notice offers to take back: the key `u`. False when there is nothing. */
export function undoNow(): boolean {
  if (undoLast === undefined) return false;
  undoLast();
  return true;
}

/** Says what was done and offers, for ten seconds, to take it back. */
export function tellUndo(text: string, undoLabel: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const take = (): void => {
    notifications.hide(id);
    undoLast = undefined;
    undo();
  };
  undoLast = take;
  notifications.show({
    id,
    color: 'lagoon',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text}</Text>
        <Button size="compact-sm" variant="light" onClick={take}>
          {undoLabel} <kbd style={{ marginInlineStart: 6 }}>u</kbd>
        </Button>
      </Group>
    ),
    onClose: () => {
      if (undoLast === take) undoLast = undefined;
    },
  });
}
