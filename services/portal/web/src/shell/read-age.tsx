import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { timeText } from '../formats';
import { Button, Group, Notice, Text } from '../ui';
import { usePlace } from './session-context';

/** A signature on something read longer ago than this is not asked for. */
const AGE_MAX_MS = 600_000;
const LOOK_AGAIN_MS = 15_000;

/** Whether what was read at that instant is too old to sign. Milliseconds since 1970, of this browser's clock. */
export function useIsTooOld(readAtMs: number): boolean {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
    }, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [readAtMs]);
  return now - readAtMs > AGE_MAX_MS;
}

export interface ReadAgeProps {
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

/** When what one is about to sign was read; too old, it asks to be read again. */
export function ReadAge({ readAtMs, onReadAgain }: ReadAgeProps) {
  const { t } = useTranslation('words');
  const place = usePlace();
  const isTooOld = useIsTooOld(readAtMs);
  const time = timeText(new Date(readAtMs).toISOString(), place);
  if (!isTooOld) {
    return (
      <Text size="xs" c="dimmed" className="numbers">
        {t('readAt', { time })}
      </Text>
    );
  }
  return (
    <Notice color="yellow" role="alert" title={t('tooOld.title')} styles={{ title: { color: 'var(--ariane-ink)' } }}>
      <Group justify="space-between">
        <Text size="sm">{t('tooOld.text', { time })}</Text>
        <Button size="compact-sm" variant="default" onClick={onReadAgain}>
          {t('tooOld.again')}
        </Button>
      </Group>
    </Notice>
  );
}
