import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths, type Step, type Timeline } from '../../api/care';
import { useRead } from '../../api/queries';
import { PersonName } from '../../shell/names';
import { Facts, Group, Stack, StatusMark } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { toneOfStep } from '../care/next-steps';
import { WhyStep } from '../care/why-step';
import { StepCommands } from './step-commands';

export interface StepDetailProps {
  readonly pathway: PathwayWhole;
  readonly step: Step;
  readonly mayChange: boolean;
}

/** One step: planned against done, booked or not, on what it waits, changed by whom, and why. */
export function StepDetail({ pathway, step, mayChange }: StepDetailProps) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const timeline = useRead<Timeline>(paths.timeline(pathway.id));
  const daysLate = timeline.data?.steps?.find(({ key }) => key === step.key)?.daysLate;
  const labelOf = (key: string) => pathway.steps.find((one) => one.key === key)?.label ?? key;
  const { booking } = step;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <StatusMark tone={toneOfStep[step.status]}>{words.status(step.status)}</StatusMark>
        {daysLate === undefined ? null : <StatusMark tone="late">{t('step.daysLate', { count: daysLate })}</StatusMark>}
        <WhyStep pathwayId={pathway.id} protocolTitle={pathway.protocol.title} step={step} />
      </Group>
      <Facts
        rows={[
          [t('step.kind'), words.kind(step.kind)],
          [t('step.role'), words.teamRole(step.role)],
          step.target === undefined ? undefined : [t('step.target'), times.day(step.target)],
          step.latest === undefined ? undefined : [t('step.latest'), times.day(step.latest)],
          step.doneAt === undefined ? undefined : [t('step.doneAt'), times.instant(step.doneAt)],
          booking?.startsAt === undefined
            ? undefined
            : [
                t('step.booking'),
                <span key="booking">
                  {times.instant(booking.startsAt)} · <PersonName id={booking.practitionerId} />
                </span>,
              ],
          step.waitingFor.length === 0 ? undefined : [t('step.waitingFor'), step.waitingFor.map(labelOf).join(', ')],
          ...step.changes.map(
            (change) =>
              [
                t(`change.${change.change}`),
                <span key={change.id}>
                  <PersonName id={change.by} /> · {times.day(change.at)} · {change.reason}
                </span>,
              ] as const,
          ),
        ]}
      />
      {mayChange ? <StepCommands pathway={pathway} step={step} /> : null}
    </Stack>
  );
}
