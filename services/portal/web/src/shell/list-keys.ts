import { useCallback, useEffect, useState } from 'react';
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

/**
 * Once something was decided the focus stays in the list: on the row that is chosen now, also when the decided one has
 * gone and took the focus with it. It is not taken from whoever has gone elsewhere.
 *
 * @returns to be called after a decision
 */
export function useFocusInList(ids: readonly string[], selected: string | undefined): () => void {
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body || focused.matches('[data-row]');
    if (isKept && isLost && selected !== undefined) focusRow(selected);
  }, [isKept, ids, selected]);
  return useCallback(() => {
    setKept(true);
  }, []);
}

/** `j` and `k` take the focus from row to row of what is shown, where Enter opens it. */
export function useRowKeys(): void {
  useNextAndFormer((by) => {
    const rows = [...document.querySelectorAll<HTMLElement>('#content tr[data-row][tabindex]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    stepped(rows, at, by)?.focus();
  });
}
