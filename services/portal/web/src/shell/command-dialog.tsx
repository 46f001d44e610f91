import { type Command, useCommand } from '../api/queries';
import { ConfirmDialog, type ConfirmDialogProps, tell } from '../ui';

type Given = Parameters<ConfirmDialogProps['onConfirm']>[0];

export interface CommandDialogProps
  extends
    Omit<ConfirmDialogProps, 'isBusy' | 'error' | 'onConfirm'>,
    Pick<Command<Given>, 'path' | 'body' | 'changes'> {
  /** What is told once it is done. */
  readonly done: string;
  readonly onDone?: () => void;
}

/** Asks before a command and sends it: a refusal stands in the dialog, which closes once the command is done. */
export function CommandDialog({ path, body, changes, done, onDone, ...dialog }: CommandDialogProps) {
  const command = useCommand<Given>({
    ...{ path, changes },
    ...(body === undefined ? {} : { body }),
    onDone: () => {
      dialog.onClose();
      tell(done);
      onDone?.();
    },
  });
  return (
    <ConfirmDialog
      {...dialog}
      isBusy={command.isPending}
      error={command.error}
      onConfirm={(given) => {
        command.mutate(given);
      }}
      onClose={() => {
        command.reset();
        dialog.onClose();
      }}
    />
  );
}
