import { useTranslation } from 'react-i18next';

import { useView } from '../../shell/view';
import { Page, Tabbed } from '../../ui';
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
      <Tabbed
        label={t('title')}
        tabs={tabs}
        labelOf={(one) => t(`tab.${one}`)}
        shown={shown}
        onShow={(show) => {
          change({ show }, { isStep: true });
        }}
      >
        {shown === 'directory' ? <Directory /> : shown === 'duty' ? <DutyWeek /> : <LeavePanel />}
      </Tabbed>
    </Page>
  );
}
