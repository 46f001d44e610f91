import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import type { Money as Amount } from '../../formats';
import { monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Box, Group, Text, UnstyledButton } from '../../ui';
import { accountKinds, kindOf } from './account-parts';
import { grown, sumOf } from './amounts';
import { Money } from './money';
import { AccountName, Party } from './party';
import { type FinancePlace, type Filters, useFilters } from './place';
import type { AccountRow, ReasonRow } from './types';
import { useWord } from './words';

/** Stands for entries that speak of no file. */
export const NO_FILE = 'none';

interface Level {
  readonly id: string;
  readonly label: React.ReactNode;
  readonly amount?: Amount | undefined;
  /** What the address becomes when one goes back to it. */
  readonly back: Filters;
}

export interface LevelPathProps {
  readonly place: FinancePlace;
  readonly accounts: readonly AccountRow[];
}

/** Where one is: total, account, reason, file, each with its amount; each leads back. */
export function LevelPath({ place, accounts }: LevelPathProps) {
  const { t } = useTranslation('finance');
  const [, change] = useFilters();
  const levels = useLevels(place, accounts);
  return (
    <Group component="nav" aria-label={t('detail.path')} gap={6} align="stretch">
      {levels.map((level, index) => {
        const isLast = index === levels.length - 1;
        return (
          <Group key={level.id} gap={6} wrap="nowrap">
            {index === 0 ? null : (
              <Text span c="dimmed" aria-hidden>
                ›
              </Text>
            )}
            <UnstyledButton
              className="paper"
              px="sm"
              py={6}
              mih={44}
              aria-current={isLast ? 'step' : undefined}
              style={isLast ? { borderColor: 'var(--ariane-calm)', borderWidth: 2 } : {}}
              onClick={() => {
                change(level.back);
              }}
            >
              <Text size="sm" component="div">
                {level.label}
              </Text>
              {level.amount === undefined ? null : (
                <Box fz="sm">
                  <Money of={level.amount} isStrong />
                </Box>
              )}
            </UnstyledButton>
          </Group>
        );
      })}
    </Group>
  );
}

function useLevels(place: FinancePlace, accounts: readonly AccountRow[]): readonly Level[] {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const word = useWord();
  const [{ kind, account, code, file }] = useFilters();
  const path = withQuery(`${place.path}/periods/${place.month}/reasons`, { account });
  const reasons = useRead<{ readonly items: readonly ReasonRow[] }>(path, { isEnabled: account !== undefined });
  const found = accounts.find((one) => one.account === account);
  const group = kind ?? (account === undefined ? undefined : kindOf(account));
  const known = accountKinds.find((one) => one === group);
  const reason = reasons.data?.items.find((one) => one.code === code);
  const none = { kind: undefined, account: undefined, code: undefined, file: undefined };
  return [
    { id: 'month', label: monthText(place.month, language), back: none },
    ...(known === undefined
      ? []
      : [
          {
            ...{ id: 'kind', label: t(`kind.${known}`), back: { ...none, kind: known } },
            amount: sumOf(
              accounts.filter((one) => kindOf(one.account) === known).map((one) => grown(one.account, one.balance)),
              place.currency,
            ),
          },
        ]),
    ...(account === undefined
      ? []
      : [
          {
            ...{ id: 'account', label: <AccountName account={account} />, back: { code: undefined, file: undefined } },
            amount: found && grown(account, found.balance),
          },
        ]),
    ...(account === undefined || code === undefined
      ? []
      : [
          {
            ...{ id: 'reason', label: word('reason', code), back: { file: undefined } },
            amount: reason && grown(account, reason.balance),
          },
        ]),
    ...(file === undefined
      ? []
      : [{ id: 'file', label: file === NO_FILE ? t('detail.noFile') : <Party id={file} />, back: {} }]),
  ];
}
