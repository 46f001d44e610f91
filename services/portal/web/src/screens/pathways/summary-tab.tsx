import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths, type Timeline } from '../../api/care';
import { useRead } from '../../api/queries';
import { Facts, Grid, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { NextSteps } from '../care/next-steps';
import { PatientRequests } from '../care/patient-requests';
import { lastValues } from './last-values';

/** What one wants to know in half a minute: results, what comes, what the rules ask to look at. */
export function SummaryTab({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const timeline = useRead<Timeline>(paths.timeline(pathway.id));
  const done = pathway.steps
    .filter(({ status, kind }) => status === 'done' && kind !== 'milestone')
    .sort((a, b) => ((a.doneAt ?? '') > (b.doneAt ?? '') ? -1 : 1));
  const assessed = pathway.assessments.filter(({ value }) => value !== 'no-review');
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Stack>
          <PatientRequests pathwayId={pathway.id} />
          <Panel title={t('summary.next')}>
            <NextSteps pathway={pathway} />
          </Panel>
          <Panel title={t('summary.done')}>
            {done.length === 0 ? <Text size="sm">{t('summary.nothingDone')}</Text> : null}
            <Facts rows={done.slice(0, 8).map(({ label, doneAt = '' }) => [times.day(doneAt), label] as const)} />
          </Panel>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Stack>
          <Panel title={t('summary.results')}>
            <Loaded read={timeline} rows={3}>
              {({ items }) => {
                const values = lastValues(items);
                return values.length === 0 ? (
                  <Text size="sm">{t('summary.noResults')}</Text>
                ) : (
                  <Facts
                    rows={values.map(
                      ({ code, value, unit, at }) =>
                        [words.fact(code), `${words.value(value, unit)} · ${times.day(at)}`] as const,
                    )}
                  />
                );
              }}
            </Loaded>
          </Panel>
          {assessed.length === 0 ? null : (
            <Panel title={t('summary.rules')}>
              <Stack gap={6}>
                {assessed.map(({ code, value, version }) => (
                  <Text key={code} size="sm" component="div">
                    <StatusMark tone={value === 'review' ? 'late' : 'info'}>{t(`assessment.${value}`)}</StatusMark>{' '}
                    {t('summary.rule', { code: words.rule(code), version })}
                  </Text>
                ))}
              </Stack>
            </Panel>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
