import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import { Button, Failure, Group, Modal, Stack, Textarea } from '../../ui';

/** As the service takes it. */
const REASON_MIN = 3;
const REASON_MAX = 500;

export interface ChangeFormProps {
  readonly title: string;
  readonly confirmLabel: string;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly isComplete: boolean;
  readonly isBusy: boolean;
  readonly error: Problem | null;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A change of the plan: what it is, and why, in words for whoever reads the plan later. */
export function ChangeForm(props: ChangeFormProps) {
  const { t } = useTranslation('pathways');
  const { error, reason } = props;
  const isLongEnough = reason.trim().length >= REASON_MIN;
  const hasField = error !== null && Object.keys(error.fields).length > 0;
  return (
    <Modal
      opened
      centered
      size="lg"
      title={props.title}
      onClose={props.onClose}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (props.isComplete && isLongEnough) props.onSend();
        }}
      >
        <Stack>
          {props.children}
          <Textarea
            label={t('form.reason')}
            description={t('form.reasonHint')}
            required
            autosize
            minRows={2}
            maxLength={REASON_MAX}
            value={reason}
            error={error?.fields['reason']}
            onChange={(event) => {
              props.onReason(event.currentTarget.value);
            }}
          />
          {error === null || hasField ? null : <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('form.cancel')}
            </Button>
            <Button type="submit" loading={props.isBusy} disabled={!props.isComplete || !isLongEnough}>
              {props.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
