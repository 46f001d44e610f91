import { useCallback, useReducer } from 'react';

/** What was typed and not sent, until the page is left: never written to the browser's disk. */
const kept = new Map<string, object>();

export interface Draft<T> {
  readonly value: T;
  readonly change: (changes: Partial<T>) => void;
  readonly clear: () => void;
}

/**
 * A form's content under a name: still there after an error, after another row was looked at, and after a new sign-in.
 */
export function useDraft<T extends object>(name: string, empty: T): Draft<T> {
  const [, again] = useReducer((turns: number) => turns + 1, 0);
  const value = { ...empty, ...(kept.get(name) as Partial<T> | undefined) }; // a name has one shape
  const change = useCallback(
    (changes: Partial<T>) => {
      fillDraft(name, changes);
      again();
    },
    [name],
  );
  const clear = useCallback(() => {
    kept.delete(name);
    again();
  }, [name]);
  return { value, change, clear };
}

/** Writes into a form before one comes to it. */
export function fillDraft(name: string, content: object): void {
  kept.set(name, { ...kept.get(name), ...content });
}
