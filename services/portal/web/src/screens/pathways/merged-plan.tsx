import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Anchor, Loaded, Notice, Panel, Stack, StatusMark, Text } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';

interface Origin {
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly label: string;
}

interface Plan {
  readonly perWeek: number;
  readonly visits: readonly {
    readonly kind: string;
    readonly what: string;
    readonly day: string;
    readonly latest: string;
    readonly isBooked: boolean;
    readonly origins: readonly Origin[];
  }[];
  readonly conflicts: readonly {
    readonly conflict: 'over-budget' | 'same-day' | 'booked-twice' | 'clinical-rule';
    readonly week?: string;
    readonly day?: string;
    readonly count?: number;
    readonly code?: string;
    readonly origins?: readonly Origin[];
  }[];
}

/** All of a patient's pathways as one plan: each visit once, and what does not fit together. */
export function MergedPlan({ patientId }: { readonly patientId: string }) {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const words = useCareWords();
  const read = useRead<Plan>(`/api/pathways/patients/${patientId}/plan`);
  if (read.error?.status === 404) return null;
  return (
    <Panel title={t('merged.title')}>
      <Loaded read={read} rows={3}>
        {({ visits, conflicts, perWeek }) => (
          <Stack gap="xs">
            <Text size="xs" c="dimmed">
              {t('merged.lead', { count: perWeek })}
            </Text>
            {conflicts.map((one) => (
              <Notice
                key={`${one.conflict} ${one.week ?? one.day ?? one.code ?? ''}`}
                color="yellow"
                title={t(`merged.conflict.${one.conflict}`)}
                styles={{ title: { color: 'var(--ariane-ink)' } }}
              >
                <Text size="sm">
                  {[
                    one.week ?? one.day,
                    one.code === undefined ? undefined : words.rule(one.code),
                    (one.origins ?? []).map(({ label }) => label).join(', '),
                  ]
                    .filter((part) => part !== undefined && part !== '')
                    .map((part) => (part?.length === 10 ? times.day(part) : part))
                    .join(' · ')}
                </Text>
              </Notice>
            ))}
            {visits.length === 0 ? <Text size="sm">{t('merged.none')}</Text> : null}
            <Stack gap={6} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
              {visits.map(({ day, latest, isBooked, origins }) => (
                <li key={origins.map(({ pathwayId, stepKey }) => pathwayId + stepKey).join()}>
                  <Text size="sm" component="span" fw={640} className="numbers">
                    {times.day(day)}
                  </Text>{' '}
                  <StatusMark tone={isBooked ? 'done' : 'waiting'}>
                    {isBooked ? t('merged.booked') : t('merged.proposed', { day: times.day(latest) })}
                  </StatusMark>
                  {origins.map(({ pathwayId, stepKey, label }) => (
                    <Anchor
                      key={pathwayId + stepKey}
                      component={Link}
                      to={`/pathways/${pathwayId}`}
                      size="sm"
                      display="block"
                    >
                      {label}
                    </Anchor>
                  ))}
                </li>
              ))}
            </Stack>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
