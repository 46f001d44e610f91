import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Groups of codes that the books use, each with its place among the texts. */
const places = {
  reason: (code: string) => `code.${code}`,
  account: (code: string) => `account.${code}`,
  item: (code: string) => `item.${code}`,
  section: (code: string) => `section.${code}`,
  effect: (code: string) => `effect.${code}`,
  component: (code: string) => `component.${code}`,
  act: (code: string) => `act.${code}`,
  operator: (code: string) => `operator.${code}`,
  rule: (code: string) => `rule.${code}`,
  field: (code: string) => `field.${code}`,
  counted: (code: string) => `counted.${code}`,
  unit: (code: string) => `unit.${code}`,
} as const;
type WordGroup = keyof typeof places;

export type Word = (group: WordGroup, code: string) => string;

/** The word for a code; a code that the page does not know is shown as it is. */
export function useWord(): Word {
  const { t, i18n } = useTranslation('finance');
  return useMemo(
    () => (group, code) => {
      const key = places[group](code.replaceAll(/[ ’]/g, '_'));
      if (!i18n.exists(key, { ns: 'finance' })) return code;
      return (t as (known: string) => string)(key); // that it exists was just asked
    },
    [t, i18n],
  );
}
