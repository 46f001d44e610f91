import { useTranslation } from 'react-i18next';

import { countText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { type Column, DataTable, Empty, Panel, StatusMark, Text } from '../../ui';
import { useCareWords } from '../care/care-words';
import type { RuleQuality } from './alert-order';

/** Under this share of alerts that led to something, a rule is to be looked at again. Source: design of alerts, rule 8. */
const ACTED_MIN = 40;

/** What became of the alerts of each rule, among one's own: to judge the rule and not people. */
export function Quality({ rules }: { readonly rules: readonly RuleQuality[] }) {
  const { t } = useTranslation('alerts');
  const columns = useQualityColumns();
  return (
    <Panel title={t('quality.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('quality.lead')}
      </Text>
      <DataTable
        caption={t('quality.title')}
        columns={columns}
        rows={rules}
        idOf={({ reason }) => reason}
        empty={<Empty title={t('quality.none')} />}
      />
    </Panel>
  );
}

function useQualityColumns(): readonly Column<RuleQuality>[] {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const { language } = usePlace();
  const number = (id: 'count' | 'handled' | 'needless' | 'snoozed' | 'repeats'): Column<RuleQuality> => ({
    ...{ id, header: t(`quality.${id}`), isNumber: true },
    cell: (rule) => countText(rule[id], language),
    sortBy: (rule) => rule[id],
  });
  return [
    { id: 'reason', header: t('quality.rule'), cell: ({ reason }) => words.alertReason(reason) },
    ...(['count', 'handled', 'needless', 'snoozed', 'repeats'] as const).map(number),
    {
      ...{ id: 'median', header: t('quality.median'), isNumber: true },
      cell: ({ medianMinutes }) =>
        medianMinutes === undefined ? '' : t('quality.hours', { count: Math.round(medianMinutes / 60) }),
      sortBy: ({ medianMinutes }) => medianMinutes,
    },
    {
      id: 'verdict',
      header: t('quality.verdict'),
      cell: ({ handled, needless }) => {
        const ended = handled + needless;
        if (ended === 0) return '';
        const isGood = (handled * 100) / ended >= ACTED_MIN;
        return (
          <StatusMark tone={isGood ? 'done' : 'late'}>{isGood ? t('quality.good') : t('quality.review')}</StatusMark>
        );
      },
    },
  ];
}
