import { useTranslation } from 'react-i18next';

import { Group, Modal, Stack, Switch, Text } from '../ui';
import { useShortcutRegistry } from './shortcuts';

export interface ShortcutHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that works on this screen; they can be turned off. */
export function ShortcutHelp({ isOpen, onClose }: ShortcutHelpProps) {
  const { t } = useTranslation('shell');
  const { all, areOn, turn } = useShortcutRegistry();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Switch
          label={t('keys.on')}
          checked={areOn}
          onChange={(event) => {
            turn(event.currentTarget.checked);
          }}
        />
        {isOpen
          ? all().map(({ keys, label }) => (
              <Group key={keys} justify="space-between" wrap="nowrap">
                <Text size="sm">{label}</Text>
                <Group gap={4} wrap="nowrap">
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </Group>
              </Group>
            ))
          : null}
      </Stack>
    </Modal>
  );
}
