import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { timeText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Button, Group, Text } from '../../ui';

/** What was read longer ago is read again before anybody signs it. */
const STALE_AFTER_MS = 600_000;
const LOOK_AGAIN_MS = 15_000;

/** Whether what was read then is too old to be signed; milliseconds of the machine's clock. */
export function useIsStale(readAtMs: number): boolean {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now - readAtMs > STALE_AFTER_MS;
}

/** How old what is shown is, where one signs; too old, it must be read again. */
export function ReadAt({ readAtMs, onReadAgain }: { readonly readAtMs: number; readonly onReadAgain: () => void }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const isStale = useIsStale(readAtMs);
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {t(isStale ? 'readAt.stale' : 'readAt.fresh', { time: timeText(new Date(readAtMs).toISOString(), place) })}
      </Text>
      {isStale ? (
        <Button size="compact-sm" variant="default" onClick={onReadAgain}>
          {t('readAt.again')}
        </Button>
      ) : null}
    </Group>
  );
}
