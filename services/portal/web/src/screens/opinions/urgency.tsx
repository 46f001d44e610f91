import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { Button, Group, Notice, Text } from '../../ui';
import type { Within } from './use-ask';

interface UrgencyProps {
  readonly value: Within;
  readonly onChange: (within: Within) => void;
}

/** How soon; what threatens life is not asked here but by telephone. */
export function Urgency({ value, onChange }: UrgencyProps) {
  const { t } = useTranslation('opinions');
  const id = useId();
  const all = ['routine', 'soon', 'urgent', 'life-threatening'] as const;
  return (
    <div>
      <Text component="div" size="sm" fw={500} id={id} mb={4}>
        {t('new.within')}
      </Text>
      <Group gap={6} role="radiogroup" aria-labelledby={id}>
        {all.map((one) => (
          <Button
            key={one}
            role="radio"
            aria-checked={value === one}
            size="compact-md"
            variant={value === one ? 'filled' : 'default'}
            onClick={() => {
              onChange(one);
            }}
          >
            {t(`within.${one}`)}
          </Button>
        ))}
      </Group>
      {value === 'life-threatening' ? (
        <Notice
          color="red"
          mt="sm"
          role="alert"
          title={t('new.callTitle')}
          styles={{ title: { color: 'var(--ariane-ink)' } }}
        >
          {t('new.call')}
        </Notice>
      ) : null}
    </div>
  );
}
