import { useTranslation } from 'react-i18next';

import { useView } from '../../shell/view';
import { Page, Tabs } from '../../ui';
import { Directory } from './directory';
import { DutyWeek } from './duty-week';
import { LeavePanel } from './leave-panel';

const tabs = ['directory', 'duty', 'leave'] as const;

/** Who is who, who is on duty, who is away. */
export function Team() {
  const { t } = useTranslation('team');
  const [view, change] = useView();
  const shown = tabs.find((one) => one === view['show']) ?? 'directory';
  return (
    <Page title={t('title')}>
      <Tabs
        value={shown}
        keepMounted={false}
        onChange={(show) => {
          change({ show: show ?? undefined }, { isStep: true });
        }}
      >
        <Tabs.List aria-label={t('title')}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="directory" pt="md">
          <Directory />
        </Tabs.Panel>
        <Tabs.Panel value="duty" pt="md">
          <DutyWeek />
        </Tabs.Panel>
        <Tabs.Panel value="leave" pt="md">
          <LeavePanel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
