import { useTranslation } from 'react-i18next';

import { moneyText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { percentText } from './percent-text';

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
