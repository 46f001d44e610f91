import { useTranslation } from 'react-i18next';

import { useShortcuts } from './shortcuts';

/** How a row of a list is found to be given the focus: `data-row` holds its id. */
const focusRow = (id: string): void => {
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
};

/** `j` and `k` go to the next and the former row, and take the focus there. */
export function useListKeys(ids: readonly string[], selected: string | undefined, select: (id: string) => void): void {
  const { t } = useTranslation('words');
  const go = (by: 1 | -1): void => {
    const at = selected === undefined ? -1 : ids.indexOf(selected);
    const to = at === -1 ? (by === 1 ? ids[0] : ids.at(-1)) : ids[at + by];
    if (to === undefined) return;
    select(to);
    focusRow(to);
  };
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
