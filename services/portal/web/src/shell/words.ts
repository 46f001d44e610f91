import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { numberText, unitText } from './units';

export interface Words {
  readonly specialty: (code: string) => string;
  readonly profession: (code: string) => string;
  readonly teamRole: (code: string) => string;
  readonly visitKind: (code: string) => string;
  readonly meetingType: (code: string) => string;
  readonly fact: (code: string) => string;
  /** Of a measurement, by its LOINC code. */
  readonly measurement: (loinc: string) => string;
  /** What a fact says: a number with its unit, yes or no, or the word for a code. */
  readonly value: (value: string | number | boolean, unit?: string) => string;
}

/** The words for codes that several areas show; a code that the page does not know is shown as it is. */
export function useWords(): Words {
  const { i18n, t } = useTranslation('words');
  return useMemo(() => {
    const word = (key: string, code: string): string =>
      i18n.exists(key, { ns: 'words' }) ? (t as (known: string) => string)(key) : code; // it exists
    return {
      specialty: (code) => word(`specialty.${code}`, code),
      profession: (code) => word(`profession.${code}`, code),
      teamRole: (code) => word(`teamRole.${code}`, code),
      visitKind: (code) => word(`visitKind.${code}`, code),
      meetingType: (code) => word(`meetingType.${code}`, code),
      fact: (code) => word(`fact.${code.replaceAll('.', '-')}`, code),
      measurement: (loinc) => word(`measurement.${loinc}`, loinc),
      value: (value, unit = '') => {
        const { language } = i18n;
        const text =
          typeof value === 'number' ? numberText(value, language) : word(`factValue.${String(value)}`, String(value));
        return [text, unitText(unit, language)].filter((part) => part !== '').join('\u00A0');
      },
    };
  }, [i18n, t]);
}

type Area = 'agenda' | 'alerts' | 'care' | 'meetings' | 'opinions' | 'pathways' | 'team';

/** The word for a code of one area, by its key; the code itself where there is none. */
export function useCodeWord(area: Area): (key: string, code: string) => string {
  const { i18n, t } = useTranslation(area);
  return useCallback(
    (key: string, code: string) => (i18n.exists(key, { ns: area }) ? (t as (known: string) => string)(key) : code), // it exists
    [i18n, t, area],
  );
}
