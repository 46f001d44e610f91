import { numberFormat } from '../formats';

/** How units that protocols and registers write as UCUM codes are read. */
const shown: Readonly<Record<string, string>> = {
  '1': '',
  'umol/L': 'µmol/L',
  'ug/L': 'µg/L',
  'mL/min/{1.73_m2}': 'mL/min/1,73 m²',
  'mL/min/{1.73_m2}/a': 'mL/min/1,73 m²/an',
  'mm[Hg]': 'mmHg',
  '10*9/L': '10⁹/L',
  Cel: '°C',
};

/** `µmol/L` for `umol/L`; a unit that is not known is shown as it is. */
export function unitText(unit: string, language: string): string {
  const text = shown[unit] ?? unit;
  return language === 'fr' ? text : text.replace('1,73', '1.73').replace('/an', '/year');
}

/** `38,6`: a measured number, with the decimals that it was told with. */
export const numberText = (value: number, language: string): string =>
  numberFormat(language, { maximumFractionDigits: 10 }).format(value);
