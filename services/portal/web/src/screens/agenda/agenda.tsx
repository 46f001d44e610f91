import { useTranslation } from 'react-i18next';

import { useView } from '../../shell/view';
import { Page, Tabbed } from '../../ui';
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
        <Tabbed
          label={t('title')}
          tabs={tabs}
          labelOf={(one) => t(`tab.${one}`)}
          shown={shown}
          onShow={(show) => {
            change({ show, visit: undefined }, { isStep: true });
          }}
        >
          {shown === 'toBook' ? <ToBook /> : shown === 'week' ? <Week /> : <CalendarsPanel />}
        </Tabbed>
      )}
    </Page>
  );
}
