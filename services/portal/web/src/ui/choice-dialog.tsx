import { Button, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { Failure } from './states';

interface Choice {
  readonly value: string;
  readonly label: ReactNode;
}

export interface ChoiceDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children?: ReactNode;
  readonly choices: readonly Choice[];
  readonly isBusy?: boolean;
  readonly error?: Problem | null;
  readonly onChoose: (value: string) => void;
  readonly onClose: () => void;
}

/** One key decides: each answer is a button, and the digit before it presses it. */
export function ChoiceDialog(props: ChoiceDialogProps) {
  const { t } = useTranslation();
  const answers = useRef<HTMLDivElement>(null);
  const { isOpen } = props;
  // Heard by the page and not by the dialog, into which the focus comes a moment after it is seen: no key is lost.
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const buttons = [...(answers.current?.querySelectorAll('button') ?? [])];
      const digit = buttons[Number(event.key) - 1];
      const at = buttons.findIndex((button) => button === document.activeElement);
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (digit !== undefined) digit.click();
      else if (by !== 0) buttons.at((at + by) % buttons.length)?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => {
      window.removeEventListener('keydown', press, { capture: true });
    };
  }, [isOpen]);
  return (
    <Modal
      opened={isOpen}
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {/* A form: the keys of the page behind it are not heard in one. */}
      <form>
        <Stack gap="xs" ref={answers}>
          {props.children === undefined ? null : (
            <Text size="sm" component="div">
              {props.children}
            </Text>
          )}
          {props.choices.map(({ value, label }, index) => (
            <Button
              key={value}
              variant="default"
              justify="flex-start"
              h="auto"
              mih={36}
              py={6}
              styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
              data-autofocus={index === 0 || undefined}
              leftSection={index < 9 ? <kbd aria-hidden>{index + 1}</kbd> : null}
              loading={props.isBusy === true}
              onClick={() => {
                props.onChoose(value);
              }}
            >
              {label}
            </Button>
          ))}
          {props.error ? <Failure error={props.error} /> : null}
        </Stack>
      </form>
    </Modal>
  );
}
