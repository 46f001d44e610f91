/** `29,56 %` for `29.56%`, digit by digit; what is no percentage stays as it is. */
export function percentText(value: string, language: string): string {
  const [, digits] = /^(-?\d+(?:\.\d+)?)%$/.exec(value) ?? [];
  if (digits === undefined) return value;
  return language === 'fr' ? `${digits.replace('.', ',')}\u00a0%` : value;
}
