import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePlace } from '../../shell/session-context';
import { ChoiceDialog, SegmentedControl, Stack, Text } from '../../ui';
import { useCareWords } from './care-words';

const DAY_MS = 86_400_000;
const days = [1, 2, 3, 7] as const;
const outcomes = ['patient-called', 'appointment-booked', 'reminded', 'doctor-told', 'handled'] as const;
const closings = ['no-action-needed', 'known', 'mistake'] as const;
const deferrals = ['waiting-for-result', 'appointment-set', 'patient-unreachable', 'patient-wish'] as const;

/** What is asked before it is done. */
export type AskedOfAlert = 'handle' | 'close' | 'snooze' | 'pause';

interface AlertDialogProps {
  readonly asked: AskedOfAlert | undefined;
  readonly isBusy: boolean;
  readonly error: Parameters<typeof ChoiceDialog>[0]['error'];
  readonly onAct: (verb: AskedOfAlert, body: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}

/** One answer to what is asked, by one key. */
export function AlertDialog({ asked, isBusy, error = null, onAct, onClose }: AlertDialogProps) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const { now } = usePlace();
  const [count, setCount] = useState<number>(days[0]);
  const isDeferral = asked === 'snooze' || asked === 'pause';
  const titles = {
    handle: t('act.whatDone'),
    close: t('act.whyClose'),
    snooze: t('act.snooze'),
    pause: t('act.pause'),
  } as const;
  const wordOf = isDeferral ? words.deferral : words.outcome;
  const codes = isDeferral ? deferrals : asked === 'close' ? closings : outcomes;
  const choose = (code: string): void => {
    if (asked === 'handle') onAct(asked, { outcome: code });
    if (asked === 'close') onAct(asked, { reason: code });
    if (!isDeferral) return;
    const until = new Date(Date.parse(now) + count * DAY_MS).toISOString();
    onAct(asked, { reason: code, until });
  };
  return (
    <ChoiceDialog
      isOpen={asked !== undefined}
      title={asked === undefined ? '' : titles[asked]}
      choices={codes.map((code) => ({ value: code, label: wordOf(code) }))}
      isBusy={isBusy}
      error={error}
      onChoose={choose}
      onClose={onClose}
    >
      {isDeferral ? (
        <Stack gap={4}>
          <Text size="sm">{t('act.snoozeUntil')}</Text>
          <SegmentedControl
            aria-label={t('act.snoozeUntil')}
            data={days.map((one) => ({ value: String(one), label: t('act.day', { count: one }) }))}
            value={String(count)}
            onChange={(value) => {
              setCount(Number(value));
            }}
          />
          <Text size="xs" c="dimmed">
            {t('act.snoozeBound')}
          </Text>
        </Stack>
      ) : null}
    </ChoiceDialog>
  );
}
