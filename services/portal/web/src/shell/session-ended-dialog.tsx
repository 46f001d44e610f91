import { useTranslation } from 'react-i18next';

import { signInAddress } from '../api/session';
import { Button, Group, Modal, Stack, Text } from '../ui';

export interface SessionEndedDialogProps {
  readonly isOpen: boolean;
  readonly person: string;
}

/** Signs in again in a window of its own, so that what was typed here is not lost. */
export function SessionEndedDialog({ isOpen, person }: SessionEndedDialogProps) {
  const { t } = useTranslation('shell');
  return (
    <Modal opened={isOpen} onClose={() => undefined} withCloseButton={false} title={t('ended.title')} centered>
      <Stack>
        <Text size="sm">{t('ended.text', { person })}</Text>
        <Group justify="flex-end">
          <Button
            onClick={() => {
              window.open(signInAddress('/signed-in'), 'ariane-sign-in', 'popup,width=520,height=720');
            }}
          >
            {t('ended.signIn')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
