import { Button, Popover, Text } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** "Why?": every automatic step, amount and alert answers it with its rule, version and data. */
export function Why({ about, children }: { readonly about: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Popover width={340} withArrow shadow="md" position="bottom" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconHelpCircle size={14} aria-hidden />}
          aria-label={t('whyAbout', { about })}
        >
          {t('why')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" component="div">
          {children}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
