import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type PathwayLine, type PathwayWhole, paths, type Step } from '../../api/care';
import { type Page, useCommand, useRead } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { Select, Text, tell } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { ChangeForm } from './change-form';

export interface ShareDialogProps {
  readonly pathway: PathwayWhole;
  readonly step: Step;
  readonly onClose: () => void;
}

/** Lets a visit of another of the patient's pathways do for this one: it is asked for once. */
export function ShareDialog({ pathway, step, onClose }: ShareDialogProps) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const [changeId] = useState(() => crypto.randomUUID());
  const draft = useDraft(`share ${pathway.id} ${step.key}`, { pathwayId: '', stepKey: '', reason: '' });
  const { value } = draft;
  const own = useRead<Page<PathwayLine>>(`/api/pathways/pathways?patientId=${pathway.patientId}&status=ACTIVE`);
  const others = (own.data?.items ?? []).filter(({ id }) => id !== pathway.id);
  const share = useCommand<typeof value>({
    path: `/api/pathways/pathways/${pathway.id}/steps/share`,
    body: ({ pathwayId, stepKey, reason }) => ({
      ...{ changeId, stepKey: step.key, reason },
      with: { pathwayId, stepKey },
    }),
    changes: ['/api/pathways'],
  });
  const choices = useVisits(value.pathwayId, step.kind);
  return (
    <ChangeForm
      title={t('dialog.share', { step: step.label })}
      confirmLabel={t('command.share')}
      reason={value.reason}
      onReason={(reason) => {
        draft.change({ reason });
      }}
      isComplete={value.pathwayId !== '' && value.stepKey !== ''}
      isBusy={share.isPending}
      error={share.error}
      onSend={() => {
        share.mutate(value, {
          onSuccess: () => {
            draft.clear();
            tell(t('said.share'));
            onClose();
          },
        });
      }}
      onClose={onClose}
    >
      {own.data !== undefined && others.length === 0 ? <Text size="sm">{t('form.noOther')}</Text> : null}
      <Select
        label={t('form.otherPathway')}
        required
        data={others.map(({ id, protocol }) => ({ value: id, label: words.protocol(protocol.id) }))}
        value={value.pathwayId === '' ? null : value.pathwayId}
        error={share.error?.fields['with.pathwayId']}
        onChange={(pathwayId) => {
          draft.change({ pathwayId: pathwayId ?? '', stepKey: '' });
        }}
      />
      <Select
        label={t('form.otherStep')}
        required
        disabled={value.pathwayId === ''}
        data={[...choices]}
        value={value.stepKey === '' ? null : value.stepKey}
        error={share.error?.fields['with.stepKey']}
        onChange={(stepKey) => {
          draft.change({ stepKey: stepKey ?? '' });
        }}
      />
    </ChangeForm>
  );
}

/** What another pathway still asks of the patient, of the same kind. */
function useVisits(pathwayId: string, kind: string): readonly { readonly value: string; readonly label: string }[] {
  const times = useTimes();
  const read = useRead<PathwayWhole>(paths.pathway(pathwayId), { isEnabled: pathwayId !== '' });
  const open = (read.data?.steps ?? []).filter(
    (step) => step.kind === kind && (step.status === 'due' || step.status === 'late' || step.status === 'waiting'),
  );
  return open.map(({ key, label, latest }) => ({
    value: key,
    label: latest === undefined ? label : `${label} · ${times.day(latest)}`,
  }));
}
