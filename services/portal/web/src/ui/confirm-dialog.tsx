import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { Failure } from './states';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children?: ReactNode;
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** Reasons to choose from: one must be named. */
  readonly reasons?: readonly { readonly value: string; readonly label: string }[];
  /** Whether words of one's own are asked for. */
  readonly asksText?: boolean;
  readonly isBusy?: boolean;
  readonly error?: Problem | null;
  readonly onConfirm: (given: { readonly reason: string; readonly text: string }) => void;
  readonly onClose: () => void;
}

/** Asks before what cannot easily be taken back, and why. What was typed stays there when the server refuses. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<string | null>(null);
  const [text, setText] = useState('');
  const { reason: badReason, text: badText } = props.error?.fields ?? {};
  // Without reasons to choose from, what was written is the reason.
  const badWords = badText ?? (props.reasons === undefined ? badReason : undefined);
  const isTold =
    (props.reasons !== undefined && badReason !== undefined) || (props.asksText === true && badWords !== undefined);
  const needsReason = props.reasons !== undefined && reason === null;
  const needsText = props.asksText === true && text.trim() === '';
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!needsReason && !needsText) props.onConfirm({ reason: reason ?? '', text: text.trim() });
        }}
      >
        <Stack>
          {props.children === undefined ? null : (
            <Text size="sm" component="div">
              {props.children}
            </Text>
          )}
          {props.reasons === undefined ? null : (
            <Select
              label={t('reason')}
              data-autofocus
              required
              data={[...props.reasons]}
              value={reason}
              error={badReason}
              onChange={setReason}
              comboboxProps={{ withinPortal: true }}
            />
          )}
          {props.asksText === true ? (
            <Textarea
              label={t('inYourWords')}
              data-autofocus={props.reasons === undefined || undefined}
              required
              autosize
              minRows={2}
              value={text}
              error={badWords}
              onChange={(event) => {
                setText(event.currentTarget.value);
              }}
            />
          ) : null}
          {props.error && !isTold ? <Failure error={props.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              color={props.isDangerous === true ? 'red' : 'lagoon'}
              loading={props.isBusy === true}
              disabled={needsReason || needsText}
            >
              {props.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
