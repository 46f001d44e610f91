import { useTranslation } from 'react-i18next';

import { useShortcuts } from '../../shell/shortcuts';

const rowsOf = (): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('#content tr[data-row][tabindex]'),
];

function go(by: 1 | -1): void {
  const rows = rowsOf();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const to = at === -1 ? rows.at(by === 1 ? 0 : -1) : rows[at + by];
  to?.focus();
}

/** `j` and `k` go from row to row of what is shown; `h` goes one level up where there is one. */
export function useRowKeys(up?: () => void): void {
  const { t } = useTranslation('finance');
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
    ...(up === undefined ? [] : [{ keys: 'h', label: t('keys.up'), run: up }]),
  ]);
}
