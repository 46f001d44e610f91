import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

export interface Shortcut {
  /** One key, or two pressed one after the other: `j`, `g p`, `?`. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

interface Registry {
  readonly add: (shortcut: Shortcut) => () => void;
  readonly all: () => readonly Shortcut[];
  readonly areOn: boolean;
  readonly turn: (on: boolean) => void;
}

const Shortcuts = createContext<Registry | undefined>(undefined);
const OFF_KEY = 'ariane.shortcuts';
/** The second key of two must follow within this time. */
const SECOND_KEY_MS = 1_200;

/** Hears single keys wherever no text is typed. They can be turned off (WCAG 2.1.4), and `?` lists them. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const added = useRef<Shortcut[]>([]);
  const [areOn, setOn] = useState(() => localStorage.getItem(OFF_KEY) !== 'off');
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcut) => {
        added.current.push(shortcut);
        return () => {
          added.current = added.current.filter((one) => one !== shortcut);
        };
      },
      // The last one added wins: a panel's `e` stands before its page's.
      all: () => [...new Map(added.current.map((one) => [one.keys, one])).values()],
      areOn,
      turn: (on) => {
        localStorage.setItem(OFF_KEY, on ? 'on' : 'off');
        setOn(on);
      },
    }),
    [areOn],
  );
  useEffect(() => {
    if (!areOn) return undefined;
    let first: { readonly key: string; readonly at: number } | undefined;
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const now = performance.now();
      const pair = first !== undefined && now - first.at < SECOND_KEY_MS ? `${first.key} ${event.key}` : undefined;
      first = { key: event.key, at: now };
      const all = registry.all();
      const found = all.find(({ keys }) => keys === pair) ?? all.find(({ keys }) => keys === event.key);
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', hear);
    return () => {
      window.removeEventListener('keydown', hear);
    };
  }, [areOn, registry]);
  return <Shortcuts value={registry}>{children}</Shortcuts>;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="combobox"], [role="dialog"] form') !== null
  );
}

export function useShortcutRegistry(): Registry {
  const registry = useContext(Shortcuts);
  if (registry === undefined) throw new Error('No ShortcutProvider.');
  return registry;
}

/** Adds keys for as long as the component stands. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useShortcutRegistry();
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  const names = shortcuts.map(({ keys, label }) => `${keys}\t${label}`).join('\n');
  useEffect(() => {
    const removals = current.current.map(({ keys, label }, index) =>
      registry.add({
        keys,
        label,
        run: () => {
          current.current[index]?.run();
        },
      }),
    );
    return () => {
      removals.forEach((remove) => {
        remove();
      });
    };
    // What is run is looked up when it is: only a change of keys or labels is a change.
  }, [registry, names]);
}
