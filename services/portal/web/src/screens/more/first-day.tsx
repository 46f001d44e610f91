import { IconAlertTriangle, IconChecklist, IconRoute, IconSitemap, IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { areasOf } from '../../shell/areas';
import { useSession } from '../../shell/session-context';
import { Anchor, Group, Page, Panel, Stack, Text } from '../../ui';

const steps = [
  { id: 'day', to: '/my-day', icon: IconChecklist },
  { id: 'pathway', to: '/pathways', icon: IconRoute },
  { id: 'alert', to: '/alerts', icon: IconAlertTriangle },
  { id: 'meeting', to: '/meetings', icon: IconUsersGroup },
  { id: 'protocol', to: '/protocols', icon: IconSitemap },
] as const;

/** What to try on the first day, of what is open to whoever is signed in. */
export function FirstDay() {
  const { t } = useTranslation('more');
  const open = new Set(areasOf(useSession().roles).map(({ to }) => to));
  return (
    <Page title={t('firstDay.title')} lead={t('firstDay.lead')}>
      <Stack component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        {steps
          .filter(({ to }) => open.has(to))
          .map(({ id, to, icon: Icon }) => (
            <li key={id}>
              <Panel
                title={
                  <Group gap="xs">
                    <Icon size={20} stroke={1.6} aria-hidden />
                    {t(`firstDay.step.${id}.title`)}
                  </Group>
                }
                actions={
                  <Anchor
                    component={Link}
                    to={to}
                    aria-label={`${t('firstDay.open')}: ${t(`firstDay.step.${id}.title`)}`}
                  >
                    {t('firstDay.open')}
                  </Anchor>
                }
              >
                <Text size="sm">{t(`firstDay.step.${id}.text`)}</Text>
              </Panel>
            </li>
          ))}
      </Stack>
    </Page>
  );
}
