import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Tier, WorkItem } from '../../api/care';
import { dayText, farText, instantText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { useCodeWord, useWords, type Words } from '../../shell/words';
import type { Tone } from '../../ui';

type Word = (code: string) => string;

export interface CareWords extends Words {
  readonly alertReason: Word;
  readonly deferral: Word;
  readonly formerReason: Word;
  readonly ground: Word;
  readonly handOver: Word;
  readonly kind: Word;
  readonly outcome: Word;
  readonly pathwayStatus: Word;
  readonly phase: Word;
  readonly protocol: Word;
  readonly reason: Word;
  /** Of a clinical rule, by the fact under which protocols read it. */
  readonly rule: Word;
  readonly status: Word;
  readonly tier: (tier: number) => string;
  /** On whom or what something waits: `role:PATH`, `fact:imaging.acr`. */
  readonly waitsOn: (what: string, labelOf?: (stepKey: string) => string | undefined) => string;
}

/** The words of work, alerts and pathways; a code that the page does not know is shown as it is. */
export function useCareWords(): CareWords {
  const { t } = useTranslation('care');
  const words = useWords();
  const word = useCodeWord('care');
  return useMemo(
    () => ({
      ...words,
      alertReason: (code) => word(`alertReason.${code}`, code),
      deferral: (code) => word(`deferral.${code}`, code),
      formerReason: (code) => word(`formerReason.${code}`, code),
      ground: (code) => word(`ground.${code}`, code),
      handOver: (code) => word(`handOver.${code}`, code),
      kind: (code) => word(`kind.${code}`, code),
      outcome: (code) => word(`outcome.${code}`, code),
      pathwayStatus: (code) => word(`pathwayStatus.${code}`, code),
      phase: (code) => word(`phase.${code}`, code),
      protocol: (code) => word(`protocol.${code}`, code),
      reason: (code) => word(`reason.${code}`, code),
      rule: (code) => word(`rule.${code.replace('clinical-rule.', '')}`, code),
      status: (code) => word(`status.${code}`, code),
      tier: (tier) => word(`tier.${String(tier)}`, String(tier)),
      waitsOn: (what, labelOf) => {
        const at = what.indexOf(':');
        const [kind, code] = [what.slice(0, at), what.slice(at + 1)];
        switch (kind) {
          case 'fact':
            return t('waits.fact', { what: words.fact(code) });
          case 'step':
            return t('waits.step', { what: labelOf?.(code) ?? code });
          case 'role':
            return t('waits.role', { what: words.teamRole(code) });
          case 'service':
            return t('waits.service', { what: code });
          default:
            return what;
        }
      },
    }),
    [t, words, word],
  );
}

export const toneOfTier: Readonly<Record<Tier, Tone>> = { 1: 'urgent', 2: 'late', 3: 'waiting', 4: 'info' };

/** What an item says of itself first: of an alert why it was raised, of a step what it is called. */
export function useItemTitle(): (item: Pick<WorkItem, 'reason' | 'label' | 'code' | 'stepKey' | 'count'>) => string {
  const { t } = useTranslation('care');
  const words = useCareWords();
  return ({ reason, label, code, stepKey, count }) => {
    if (reason === 'result-unacknowledged') return `${t('results', { count: count ?? 1 })} · ${label ?? stepKey ?? ''}`;
    if (label !== undefined) return label;
    return code === undefined ? words.reason(reason) : words.alertReason(code);
  };
}

export interface Times {
  readonly day: (day: string) => string;
  readonly instant: (instant: string) => string;
  readonly far: (instant: string) => string;
}

/** Days and instants as the reader writes them. */
export function useTimes(): Times {
  const place = usePlace();
  return useMemo(
    () => ({
      day: (day) => dayText(day, place.now, place),
      instant: (instant) => instantText(instant, place.now, place),
      far: (instant) => farText(instant, place.now, place.language),
    }),
    [place],
  );
}
