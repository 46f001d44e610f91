import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { Group, Select, TextInput } from '../../ui';
import { useCareWords } from '../care/care-words';
import { type AddedStep, addedKinds, addStepBody, fieldsOf, noStep } from './added-step';
import { ChangeForm } from './change-form';
import { DayField } from './day-field';
import { useTellChange } from './use-withdraw';

export interface AddStepDialogProps {
  readonly pathway: PathwayWhole;
  readonly onClose: () => void;
}

/** A step of one's own in one patient's plan; it is asked for like the protocol's. */
export function AddStepDialog({ pathway, onClose }: AddStepDialogProps) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const [changeId] = useState(() => crypto.randomUUID());
  const { value, change, clear } = useDraft<AddedStep>(`add ${pathway.id}`, noStep);
  const tellChange = useTellChange(pathway.id);
  const add = useCommand<AddedStep>({
    path: `/api/pathways/pathways/${pathway.id}/steps`,
    body: (step) => ({ changeId, ...addStepBody(step) }),
    changes: ['/api/pathways'],
  });
  const errors = add.error?.fields ?? {};
  const roles = [...new Set([...pathway.team.map(({ role }) => role), 'coordinator'])];
  const text = (name: keyof AddedStep) => ({
    label: t(`form.${name}`),
    value: value[name],
    error: errors[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      change({ [name]: event.currentTarget.value });
    },
  });
  const send = (): void => {
    add.mutate(value, {
      onSuccess: () => {
        clear();
        onClose();
        tellChange(changeId, t('said.add'));
      },
    });
  };
  return (
    <ChangeForm
      title={t('add.open')}
      confirmLabel={t('add.do')}
      reason={value.reason}
      onReason={(reason) => {
        change({ reason });
      }}
      isComplete={value.label.trim() !== '' && value.role !== '' && value.latest !== ''}
      isBusy={add.isPending}
      error={add.error}
      onSend={send}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <Select
          label={t('form.kind')}
          required
          data={addedKinds.map((kind) => ({ value: kind, label: words.kind(kind) }))}
          value={value.kind}
          allowDeselect={false}
          onChange={(kind) => {
            change({ kind: addedKinds.find((one) => one === kind) ?? 'task' });
          }}
        />
        <Select
          label={t('form.role')}
          required
          data={roles.map((role) => ({ value: role, label: words.teamRole(role) }))}
          value={value.role === '' ? null : value.role}
          error={errors['role']}
          onChange={(role) => {
            change({ role: role ?? '' });
          }}
        />
      </Group>
      <TextInput {...text('label')} required maxLength={120} data-autofocus />
      {fieldsOf[value.kind].map((name) => (
        <TextInput key={name} {...text(name)} required description={t(`hint.${name}`)} />
      ))}
      <Group grow align="flex-start">
        {(['from', 'target', 'latest'] as const).map((name) => (
          <DayField
            key={name}
            label={t(`form.${name}`)}
            value={value[name]}
            error={errors[name]}
            isRequired={name === 'latest'}
            onChange={(day) => {
              change({ [name]: day });
            }}
          />
        ))}
      </Group>
    </ChangeForm>
  );
}
