import { type Money as Amount, moneyText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Text } from '../../ui';

export interface MoneyProps {
  readonly of: Amount;
  /** A plus before what is above zero: for differences. */
  readonly isSigned?: boolean;
  readonly isStrong?: boolean;
}

/** An amount as the API told it, digit by digit; below zero by its sign and not by its colour. */
export function Money({ of, isSigned = false, isStrong = false }: MoneyProps) {
  const text = useMoneyText();
  const isBelow = of.amount.startsWith('-');
  const isNothing = /^-?0+(\.0+)?$/.test(of.amount);
  return (
    <Text
      span
      inherit
      className="numbers"
      fw={isStrong ? 640 : undefined}
      c={isBelow ? 'var(--ariane-late)' : isNothing ? 'dimmed' : undefined}
    >
      {isSigned && !isBelow && !isNothing ? '+' : ''}
      {text(of)}
    </Text>
  );
}

/** Writes amounts in the reader's language. */
export function useMoneyText(): (of: Amount) => string {
  const { language } = usePlace();
  return (of) => moneyText(of, language);
}
