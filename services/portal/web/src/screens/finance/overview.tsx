import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Grid, Loaded, Panel, Stack } from '../../ui';
import { ComparisonPanel } from './comparison-panel';
import { FigureCards } from './figure-cards';
import { FinancePage } from './finance-page';
import { MonthStrip } from './month-strip';
import { NextStepCards } from './next-step-cards';
import { nextSteps } from './next-steps';
import type { FinancePlace } from './place';
import { StateMark } from './state-mark';
import type { Checklist, Overview as Month } from './types';

/** A month of a book at a glance, and what is to be done for it. */
export function Overview() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('overview.title')} section="overview" hasMonth>
      {(place) => <Content key={place.book} place={place} />}
    </FinancePage>
  );
}

function Content({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { now } = usePlace();
  const { path, month } = place;
  const read = useRead<Month>(`${path}/periods/${month}/overview`);
  const checklist = useRead<Checklist>(`${path}/periods/${month}/checklist`).data;
  return (
    <Stack gap="md">
      <Loaded read={read}>
        {(overview) => (
          <>
            <FigureCards overview={overview} place={place} />
            <Grid gap="md">
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <Panel title={t('overview.next')} actions={<StateMark state={overview.state} />}>
                  <NextStepCards
                    steps={nextSteps({ overview, checklist, month, thisMonth: now.slice(0, 7) })}
                    place={place}
                  />
                </Panel>
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <Panel title={t('overview.months')}>
                  <MonthStrip place={place} />
                </Panel>
              </Grid.Col>
            </Grid>
          </>
        )}
      </Loaded>
      <ComparisonPanel place={place} />
    </Stack>
  );
}
