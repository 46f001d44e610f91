import { useTranslation } from 'react-i18next';

import { signInAddress } from '../api/session';
import { Button, Group, Stack, Text, ThreadMark, Title } from '../ui';
import { LanguageSwitch } from './language-switch';

/** What one sees who is not signed in: what this is, and the one way in. */
export function SignedOut() {
  const { t } = useTranslation('shell');
  const here = `${location.pathname}${location.search}`;
  return (
    <Stack component="main" align="center" justify="center" mih="100dvh" gap="lg" p="lg">
      <ThreadMark size={72} />
      <Stack gap={4} align="center">
        <Title order={1}>Ariane</Title>
        <Text c="dimmed" ta="center" maw="30rem">
          {t('signedOut.lead')}
        </Text>
      </Stack>
      <Button component="a" href={signInAddress(here)} size="md">
        {t('signedOut.signIn')}
      </Button>
      <Text size="sm" c="dimmed" ta="center" maw="34rem">
        {t('signedOut.emergency')}
      </Text>
      <Group>
        <LanguageSwitch />
      </Group>
    </Stack>
  );
}
