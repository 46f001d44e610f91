import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Text } from '../../ui';

const MINUTE_MS = 60_000;
const LOOK_AGAIN_MS = 10_000;
/** Since when each case has been open here: it goes on when one comes back to it. */
const openedAt = new Map<string, number>();

/** For how long the case has been on the table; seen, and never a reproach. */
export function CaseTimer({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('meetings');
  const [now, setNow] = useState(() => Date.now());
  const since = openedAt.get(caseId) ?? now;
  useEffect(() => {
    if (!openedAt.has(caseId)) openedAt.set(caseId, Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
    }, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [caseId]);
  return (
    <Text size="xs" c="dimmed" className="numbers">
      {t('case.minutes', { count: Math.floor((now - since) / MINUTE_MS) })}
    </Text>
  );
}
