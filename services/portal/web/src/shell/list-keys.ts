import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useShortcuts } from './shortcuts';

/** `j` goes to what is next, `k` to what was before. */
function useNextAndFormer(go: (by: 1 | -1) => void): void {
  const { t } = useTranslation('words');
  useShortcuts([
    {
      keys: 'j',
      label: t('keys.next'),
      run: () => {
        go(1);
      },
    },
    {
      keys: 'k',
      label: t('keys.former'),
      run: () => {
        go(-1);
      },
    },
  ]);
}

/** The one after or before the one at hand; from nowhere, the first or the last. */
const stepped = <T>(all: readonly T[], at: number, by: 1 | -1): T | undefined =>
  at === -1 ? all.at(by === 1 ? 0 : -1) : all[at + by];

/** How a row of a list is found to be given the focus: `data-row` holds its id. */
const focusRow = (id: string): void => {
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
};

/** `j` and `k` choose the next and the former row, and take the focus there. */
export function useListKeys(ids: readonly string[], selected: string | undefined, select: (id: string) => void): void {
  useNextAndFormer((by) => {
    const to = stepped(ids, selected === undefined ? -1 : ids.indexOf(selected), by);
    if (to === undefined) return;
    select(to);
    focusRow(to);
  });
}

/** Within this time a decided item has gone from the lists, and its form with it. */
const GONE_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/**
 * Once something was decided the focus stays in the list: on the row that is chosen by then, when what was decided has
 * gone and took the focus with it. It is not taken from whoever has gone elsewhere.
 *
 * @returns to be called after a decision
 */
export function useFocusInList(selected: string | undefined): () => void {
  const current = useRef(selected);
  const looking = useRef<number | undefined>(undefined);
  useEffect(() => {
    current.current = selected;
  }, [selected]);
  const stop = useCallback(() => {
    window.clearInterval(looking.current);
  }, []);
  useEffect(() => stop, [stop]);
  return useCallback(() => {
    stop();
    const until = performance.now() + GONE_WITHIN_MS;
    looking.current = window.setInterval(() => {
      if (performance.now() > until) stop();
      else if (isFocusLost(current.current) && current.current !== undefined) focusRow(current.current);
    }, LOOK_EVERY_MS);
  }, [stop]);
}

/** On nothing, or still on the row of what was decided, where a dialog has brought it back to. */
function isFocusLost(selected: string | undefined): boolean {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return true;
  return focused.matches('[data-row]') && focused.getAttribute('data-row') !== selected;
}

/** `j` and `k` take the focus from row to row of what is shown, where Enter opens it. */
export function useRowKeys(): void {
  useNextAndFormer((by) => {
    const rows = [...document.querySelectorAll<HTMLElement>('#content tr[data-row][tabindex]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    stepped(rows, at, by)?.focus();
  });
}
