import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Step } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { Text } from '../../ui';
import { ChangeForm } from './change-form';
import { useTellChange } from './use-withdraw';

export interface SkipDialogProps {
  readonly pathwayId: string;
  readonly step: Step;
  readonly onClose: () => void;
}

/** Waives a step for this patient: it is neither done nor missed. */
export function SkipDialog({ pathwayId, step, onClose }: SkipDialogProps) {
  const { t } = useTranslation('pathways');
  const [changeId] = useState(() => crypto.randomUUID());
  const draft = useDraft(`skip ${pathwayId} ${step.key}`, { reason: '' });
  const tellChange = useTellChange(pathwayId);
  const skip = useCommand<{ readonly reason: string }>({
    path: `/api/pathways/pathways/${pathwayId}/steps/skip`,
    body: ({ reason }) => ({ changeId, stepKey: step.key, reason }),
    changes: ['/api/pathways'],
  });
  return (
    <ChangeForm
      title={t('dialog.skip', { step: step.label })}
      confirmLabel={t('command.skip')}
      reason={draft.value.reason}
      onReason={(reason) => {
        draft.change({ reason });
      }}
      isComplete
      isBusy={skip.isPending}
      error={skip.error}
      onSend={() => {
        skip.mutate(draft.value, {
          onSuccess: () => {
            draft.clear();
            onClose();
            tellChange(changeId, t('said.skip'));
          },
        });
      }}
      onClose={onClose}
    >
      <Text size="sm">{step.mandatory ? t('form.skipMandatory') : t('form.skip')}</Text>
    </ChangeForm>
  );
}
