import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Step } from '../../api/care';
import { useCommand } from '../../api/queries';
import { dayIn } from '../../formats';
import { useDraft } from '../../shell/draft';
import { usePlace } from '../../shell/session-context';
import { Group, Text } from '../../ui';
import { useTimes } from '../care/care-words';
import { ChangeForm } from './change-form';
import { DayField } from './day-field';
import { useTellChange } from './use-withdraw';

export interface DatedDialogProps {
  readonly pathwayId: string;
  readonly step: Step;
  readonly command: 'move' | 'repeat';
  readonly onClose: () => void;
}

const empty = { from: '', target: '', latest: '', reason: '' };

/** Other days for a step, or the step once more: before and after, and why. */
export function DatedDialog({ pathwayId, step, command, onClose }: DatedDialogProps) {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const place = usePlace();
  const [changeId] = useState(() => crypto.randomUUID());
  const draft = useDraft(`${command} ${pathwayId} ${step.key}`, { ...empty, ...daysOf(step, command, place.timeZone) });
  const { value } = draft;
  const tellChange = useTellChange(pathwayId);
  const change = useCommand<typeof empty>({
    path: `/api/pathways/pathways/${pathwayId}/steps/${command}`,
    body: ({ from, target, latest, reason }) => ({
      ...{ changeId, stepKey: step.key, latest, reason },
      ...(from === '' ? {} : { from }),
      ...(target === '' ? {} : { target }),
    }),
    changes: ['/api/pathways'],
  });
  const fields = change.error?.fields ?? {};
  const send = (): void => {
    change.mutate(value, {
      onSuccess: () => {
        draft.clear();
        onClose();
        tellChange(changeId, t(`said.${command}`));
      },
    });
  };
  return (
    <ChangeForm
      title={t(`dialog.${command}`, { step: step.label })}
      confirmLabel={t(`command.${command}`)}
      reason={value.reason}
      onReason={(reason) => {
        draft.change({ reason });
      }}
      isComplete={value.latest !== ''}
      isBusy={change.isPending}
      error={change.error}
      onSend={send}
      onClose={onClose}
    >
      <Text size="sm" component="div">
        <strong>{t('form.before')}</strong>{' '}
        {step.latest === undefined
          ? t('form.noDay')
          : t('form.days', { target: times.day(step.target ?? step.latest), latest: times.day(step.latest) })}
      </Text>
      <Group grow align="flex-start">
        {(['from', 'target', 'latest'] as const).map((name) => (
          <DayField
            key={name}
            label={t(`form.${name}`)}
            value={value[name]}
            error={fields[name]}
            isRequired={name === 'latest'}
            onChange={(day) => {
              draft.change({ [name]: day });
            }}
          />
        ))}
      </Group>
      {step.booking?.startsAt === undefined || command === 'repeat' ? null : (
        <Text size="sm">{t('form.bookingMoves', { when: times.instant(step.booking.startsAt) })}</Text>
      )}
    </ChangeForm>
  );
}

/** A step that is moved starts from the days it has; one that is repeated from none. */
function daysOf({ target, latest }: Step, command: 'move' | 'repeat', timeZone: string) {
  if (command === 'repeat') return {};
  return {
    ...(target === undefined ? {} : { target: dayIn(target, timeZone) }),
    ...(latest === undefined ? {} : { latest: dayIn(latest, timeZone) }),
  };
}
