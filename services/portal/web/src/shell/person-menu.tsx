import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { signOut } from '../api/session';
import { Avatar, Button, Menu, Text, useMantineColorScheme, VisuallyHidden } from '../ui';
import { useSession } from './session-context';

const schemes = ['light', 'dark', 'auto'] as const;

/** Who is signed in and as what, the look of the page, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation('shell');
  const { person, roles } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async (): Promise<void> => {
    location.assign(await signOut());
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="subtle" size="compact-md" px={4} rightSection={<IconChevronDown size={14} aria-hidden />}>
          <Avatar size={28} radius="xl" color="lagoon" aria-hidden>
            {person.initials}
          </Avatar>
          <VisuallyHidden>{t('person.menu', { name: person.name })}</VisuallyHidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Text px="sm" pt="xs" fw={600} size="sm">
          {person.name}
        </Text>
        <Text px="sm" pb="xs" c="dimmed" size="xs">
          {roles.map((role) => t(`role.${role}`)).join(', ')}
        </Text>
        <Menu.Divider />
        <Menu.Label>{t('scheme.title')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            aria-current={colorScheme === scheme || undefined}
            fw={colorScheme === scheme ? 650 : 400}
            onClick={() => {
              setColorScheme(scheme);
            }}
          >
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t('person.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
