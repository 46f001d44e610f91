import { useTranslation } from 'react-i18next';

const kinds = ['appointment', 'document', 'meeting', 'milestone', 'questionnaire', 'task', 'tele-expertise'] as const;
const units = ['h', 'd', 'wd', 'wk', 'mo', 'y'] as const;

/** The word of a kind of step. */
export function useKindText(): (kind: string) => string {
  const { t } = useTranslation('protocols');
  return (kind) => {
    const known = kinds.find((one) => one === kind);
    return known === undefined ? kind : t(`kind.${known}`);
  };
}

/** `10wd` is "10 jours ouvrés". */
export function useDurationText(): (duration: string) => string {
  const { t } = useTranslation('protocols');
  return (duration) => {
    const [, count, unit] = /^(\d+)(\D+)$/.exec(duration) ?? [];
    const known = units.find((one) => one === unit);
    return known === undefined ? duration : t(`unit.${known}`, { count: Number(count) });
  };
}
