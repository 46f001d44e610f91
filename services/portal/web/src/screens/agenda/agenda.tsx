import { useTranslation } from 'react-i18next';

import { useView } from '../../shell/view';
import { Page, Tabs } from '../../ui';
import { CalendarsPanel } from './calendars-panel';
import { StepBooking } from './step-booking';
import { ToBook } from './to-book';
import { Week } from './week';

const tabs = ['toBook', 'week', 'calendars'] as const;

/** What is to be booked, the week of each calendar, and the calendars themselves. */
export function Agenda() {
  const { t } = useTranslation('agenda');
  const [view, change] = useView();
  const { pathway, step } = view;
  const shown = tabs.find((one) => one === view['show']) ?? 'toBook';
  return (
    <Page title={t('title')}>
      {pathway !== undefined && step !== undefined ? (
        <StepBooking
          pathwayId={pathway}
          stepKey={step}
          onLeave={() => {
            change({ pathway: undefined, step: undefined });
          }}
        />
      ) : (
        <Tabs
          value={shown}
          keepMounted={false}
          onChange={(show) => {
            change({ show: show ?? undefined, visit: undefined }, { isStep: true });
          }}
        >
          <Tabs.List aria-label={t('title')}>
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="toBook" pt="md">
            <ToBook />
          </Tabs.Panel>
          <Tabs.Panel value="week" pt="md">
            <Week />
          </Tabs.Panel>
          <Tabs.Panel value="calendars" pt="md">
            <CalendarsPanel />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}
