import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  AppShell,
  Box,
  Burger,
  Button,
  Divider,
  Group,
  NavLink,
  Text,
  ThreadMark,
  useDisclosure,
  VisuallyHidden,
} from '../ui';
import { undoNow } from '../ui/tell';
import { areasOf } from './areas';
import { LanguageSwitch } from './language-switch';
import { LiveMark } from './live-mark';
import { openPalette, Palette } from './palette';
import { PersonMenu } from './person-menu';
import { useSession } from './session-context';
import { ShortcutHelp } from './shortcut-help';
import { useShortcuts } from './shortcuts';

/** What stands around every screen: the rail, the bar, the keys. */
export function Frame() {
  const { t } = useTranslation('shell');
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 54 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header className="no-print">
        <Group h="100%" px="sm" gap="xs" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={isOpen}
            />
            <ThreadMark />
            <Text fw={680} visibleFrom="xs">
              Ariane
            </Text>
            <DemoMark />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="compact-md"
              onClick={openPalette}
              leftSection={<IconSearch size={15} aria-hidden />}
            >
              <Text size="sm" c="dimmed" component="span" visibleFrom="xs">
                {t('palette.open')}
              </Text>
              <Box component="span" hiddenFrom="xs">
                <VisuallyHidden>{t('palette.open')}</VisuallyHidden>
              </Box>
              <Text component="span" visibleFrom="sm" ms={8} aria-hidden>
                <kbd>Ctrl K</kbd>
              </Text>
            </Button>
            <LiveMark />
            <Group visibleFrom="sm">
              <LanguageSwitch />
            </Group>
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print" aria-label={t('areas')}>
        <Rail onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Outlet />
      </AppShell.Main>
      <Palette />
      <Keys />
    </AppShell>
  );
}

function DemoMark() {
  const { t } = useTranslation('shell');
  if (useSession().mode === 'production') return null;
  return (
    <Text size="xs" c="dimmed" visibleFrom="sm">
      {t('demo')}
    </Text>
  );
}

function Rail({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation('shell');
  const { roles } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const shown = areasOf(roles);
  return (
    <>
      {(['work', 'more'] as const).map((group) => (
        <div key={group}>
          {group === 'more' ? <Divider my="xs" /> : null}
          {shown
            .filter((area) => area.group === group)
            .map(({ id, to, icon: Icon }) => (
              <NavLink
                key={id}
                component={Link}
                to={to}
                label={t(`area.${id}`)}
                leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
                active={path === to || path.startsWith(`${to}/`)}
                aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}
                variant="light"
                onClick={onGo}
                styles={{ root: { borderRadius: 'var(--mantine-radius-md)' } }}
              />
            ))}
        </div>
      ))}
    </>
  );
}

/** The keys that work everywhere. */
function Keys() {
  const { t } = useTranslation('shell');
  const { roles } = useSession();
  const navigate = useNavigate();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const shortcuts = useMemo(
    () => [
      ...areasOf(roles).map(({ id, to, key }) => ({
        keys: `g ${key}`,
        label: t(`area.${id}`),
        run: () => void navigate({ to }),
      })),
      {
        keys: '?',
        label: t('keys.title'),
        run: () => {
          setHelpOpen(true);
        },
      },
      { keys: '/', label: t('palette.open'), run: openPalette },
      { keys: 'u', label: t('keys.undo'), run: () => void undoNow() },
    ],
    [roles, t, navigate],
  );
  useShortcuts(shortcuts);
  return (
    <ShortcutHelp
      isOpen={isHelpOpen}
      onClose={() => {
        setHelpOpen(false);
      }}
    />
  );
}
