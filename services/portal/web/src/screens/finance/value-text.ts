import { useTranslation } from 'react-i18next';

import { moneyText } from '../../formats';
import { usePlace } from '../../shell/session-context';

/** A value as the contract language writes it (`1200.00 EUR`, `29.56%`, `true`), as one reads it. */
export function useValueText(): (value: string) => string {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  return (value) => {
    if (value === 'true' || value === 'false') return t(`truth.${value}`);
    const [, amount, currency] = /^(-?\d+\.\d{2}) ([A-Z]{3})$/.exec(value) ?? [];
    if (amount !== undefined && currency !== undefined) return moneyText({ amount, currency }, language);
    return percentText(value, language);
  };
}

/** `29,56 %` for `29.56%`, digit by digit; what is no percentage stays as it is. */
export function percentText(value: string, language: string): string {
  const [, digits] = /^(-?\d+(?:\.\d+)?)%$/.exec(value) ?? [];
  if (digits === undefined) return value;
  return language === 'fr' ? `${digits.replace('.', ',')}\u00a0%` : value;
}
