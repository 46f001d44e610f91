import { useTranslation } from 'react-i18next';

import { PatientName, PersonName } from '../../shell/names';
import { Button, Facts, type FactRow, Group, Stack, StatusMark, Text, Title } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { type EnrolmentForm, factsIn, membersIn, stages } from './enrolment-form';

export interface EnrolReviewProps {
  readonly form: EnrolmentForm;
  readonly onGo: (stage: number) => void;
}

/** Everything once more before it is sent; each part leads back to where it is changed. */
export function EnrolReview({ form, onGo }: EnrolReviewProps) {
  const { t } = useTranslation('enrolment');
  const words = useCareWords();
  const times = useTimes();
  const { patient } = form;
  const parts: Readonly<Record<Exclude<(typeof stages)[number], 'review'>, readonly FactRow[]>> = {
    patient: form.isNew
      ? [
          [t('patient.familyName'), `${patient.familyName.toLocaleUpperCase()} ${patient.givenNames}`],
          [t('patient.birthDate'), patient.birthDate === '' ? '' : times.day(patient.birthDate)],
          [t('patient.sex'), t(`sex.${patient.sex}`)],
          [t('patient.identifier'), patient.identifier],
        ]
      : [[t('stage.patient'), <PatientName key="name" id={form.patientId} />]],
    protocol: [[t('stage.protocol'), words.protocol(form.protocolId)]],
    team: [
      ...membersIn(form.team).map(([role, id]) => [words.teamRole(role), <PersonName key={role} id={id} />] as const),
      [t('team.ground'), words.ground(form.ground)],
    ],
    facts: [
      ...(form.condition.code === '' ? [] : [[t('facts.condition'), form.condition.code] as const]),
      ...factsIn(form).map(([code, value]) => [words.fact(code), value] as const),
    ],
  };
  return (
    <Stack>
      {(['patient', 'protocol', 'team', 'facts'] as const).map((stage) => (
        <div key={stage}>
          <Group justify="space-between">
            <Title order={3} size="h6">
              {t(`stage.${stage}`)}
            </Title>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t('review.changeNamed', { stage: t(`stage.${stage}`) })}
              onClick={() => {
                onGo(stages.indexOf(stage));
              }}
            >
              {t('review.change')}
            </Button>
          </Group>
          {parts[stage].length === 0 ? <Text size="sm">{t('review.later')}</Text> : <Facts rows={parts[stage]} />}
        </div>
      ))}
      {form.taken.length === 0 ? null : <StatusMark tone="done">{t('review.taken')}</StatusMark>}
    </Stack>
  );
}
