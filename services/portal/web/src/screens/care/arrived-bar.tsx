import { useTranslation } from 'react-i18next';

import { Button, Group } from '../../ui';

export interface ArrivedBarProps {
  readonly count: number;
  readonly onLetIn: () => void;
}

/** How many came while one worked in a list; they come in when one says so. */
export function ArrivedBar({ count, onLetIn }: ArrivedBarProps) {
  const { t } = useTranslation('care');
  return (
    <div role="status" aria-live="polite">
      {count === 0 ? null : (
        <Group justify="center" className="paper" py={4}>
          <Button size="compact-sm" variant="light" onClick={onLetIn}>
            {t('arrived', { count })}
          </Button>
        </Group>
      )}
    </div>
  );
}
