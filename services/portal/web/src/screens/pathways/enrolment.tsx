import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDraft } from '../../shell/draft';
import { usePlace } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { Button, Failure, Group, Page, Panel, Stack, Stepper, tell } from '../../ui';
import { EnrolFacts } from './enrol-facts';
import { EnrolPatient } from './enrol-patient';
import { EnrolProtocol } from './enrol-protocol';
import { EnrolReview } from './enrol-review';
import { EnrolTeam } from './enrol-team';
import { emptyForm, type EnrolmentForm, isComplete, stageOfField, stages } from './enrolment-form';
import { useEnrol } from './use-enrol';

/** A patient enters a protocol: who, which one, who cares, what is known, and once more before it is sent. */
export function Enrolment() {
  const { t } = useTranslation('enrolment');
  const navigate = useNavigate();
  const { now } = usePlace();
  const [view] = useView();
  const draft = useDraft<EnrolmentForm>('enrolment', { ...emptyForm, patientId: view['patient'] ?? '' });
  const { value } = draft;
  const [at, setAt] = useState(0);
  const enrol = useEnrol(draft, now);
  const heading = useRef<HTMLDivElement>(null);
  const stage = stages[at] ?? 'review';
  const fields = enrol.error?.fields ?? {};
  const refused = Object.keys(fields)[0];
  useEffect(() => {
    if (refused !== undefined) setAt(stages.indexOf(stageOfField(refused)));
  }, [refused]);
  const go = (to: number): void => {
    setAt(to);
    heading.current?.focus();
  };
  const parts = { form: value, change: draft.change, errors: fields };
  const reachable = stages.findIndex((one) => !isComplete(value, one));
  const send = (): void => {
    enrol.mutate(undefined, {
      onSuccess: (id) => {
        tell(t('done'));
        void navigate({ to: `/pathways/${id}` });
      },
    });
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stepper
        active={at}
        size="sm"
        onStepClick={(to) => {
          if (reachable === -1 || to <= reachable) go(to);
        }}
      >
        {stages.map((one) => (
          <Stepper.Step key={one} label={t(`stage.${one}`)} />
        ))}
      </Stepper>
      <div ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        <Panel title={t(`stage.${stage}`)}>
          <Stack>
            {stage === 'patient' ? <EnrolPatient {...parts} /> : null}
            {stage === 'protocol' ? <EnrolProtocol {...parts} /> : null}
            {stage === 'team' ? <EnrolTeam {...parts} /> : null}
            {stage === 'facts' ? <EnrolFacts {...parts} /> : null}
            {stage === 'review' ? <EnrolReview form={value} onGo={go} /> : null}
            {enrol.error === null ? null : <Failure error={enrol.error} />}
            <Group justify="space-between">
              <Button
                variant="default"
                disabled={at === 0}
                onClick={() => {
                  go(at - 1);
                }}
              >
                {t('back')}
              </Button>
              {stage === 'review' ? (
                <Button loading={enrol.isPending} disabled={reachable !== -1} onClick={send}>
                  {t('send')}
                </Button>
              ) : (
                <Button
                  disabled={!isComplete(value, stage)}
                  onClick={() => {
                    go(at + 1);
                  }}
                >
                  {t('next')}
                </Button>
              )}
            </Group>
          </Stack>
        </Panel>
      </div>
    </Page>
  );
}
