import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { type Page, useRead, withQuery } from '../../api/queries';
import { useSession } from '../../shell/session-context';
import { Group, Progress, Text } from '../../ui';

/** The most that are to interrupt one person a day; what is urgent is outside it. Source: design of alerts, rule 9. */
const BUDGET = 15;
const LIMIT = 200;

/** How much of the day's attention is taken: told and never hidden. */
export const AlertBudget = memo(function AlertBudget() {
  const { t } = useTranslation('myDay');
  const { practitionerId: ownerId } = useSession();
  const read = useRead<Page<Alert>>(
    withQuery('/api/pathways/alerts', { ownerId, view: 'interrupting', status: 'open', limit: LIMIT }),
    { isEnabled: ownerId !== undefined },
  );
  const count = (read.data?.items ?? []).filter(({ tier }) => tier > 1).length;
  if (read.data === undefined) return <span>{t('lead')}</span>;
  return (
    <Group gap="xs">
      <span>{t('lead')}</span>
      <Progress
        value={Math.min(100, (count / BUDGET) * 100)}
        w={90}
        aria-label={t('budget', { count, of: BUDGET })}
        color={count > BUDGET ? 'orange' : 'lagoon'}
      />
      <Text size="sm" className="numbers">
        {t('budget', { count, of: BUDGET })}
        {count > BUDGET ? ` · ${t('overBudget')}` : ''}
      </Text>
    </Group>
  );
});
