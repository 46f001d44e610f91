import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { useHasRole, usePlace } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, ConfirmDialog, Failure, Group, tell } from '../../ui';
import {
  type Appointment,
  cancelReasons,
  changedByBooking,
  missReasons,
  moveReasons,
  SCHEDULING,
  visitOf,
} from './appointment';
import type { AppointmentPanelProps } from './appointment-panel';
import { BookingPanel } from './booking-panel';

type Open = 'move' | 'cancel' | 'missed';

interface Action {
  readonly label: string;
  readonly run: () => void;
  readonly key?: string;
  readonly isMain?: boolean;
}

/** Say yes to a held slot; move, cancel; once its time has come, say whether the patient came. */
export function AppointmentActions({ appointment, onBooked }: AppointmentPanelProps) {
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const [moveReason, setMoveReason] = useState<string | undefined>(undefined);
  const act = useAct(appointment.id, (verb) => {
    setOpen(undefined);
    if (verb === 'confirm') onBooked?.();
  });
  const actions = useActions(appointment, act.mutate, setOpen);
  if (moveReason !== undefined) {
    return (
      <BookingPanel
        visit={visitOf(appointment)}
        wish={{}}
        move={{ reason: moveReason }}
        onDone={() => {
          setMoveReason(undefined);
        }}
      />
    );
  }
  return (
    <>
      <Group gap="xs">
        {actions.map(({ label, run, key, isMain }) => (
          <Button key={label} variant={isMain === true ? 'filled' : 'default'} disabled={act.isPending} onClick={run}>
            {label} {key === undefined ? null : <kbd style={{ marginInlineStart: 8 }}>{key}</kbd>}
          </Button>
        ))}
      </Group>
      {act.error !== null && open === undefined ? <Failure error={act.error} /> : null}
      <ReasonDialog
        what={open}
        isBusy={act.isPending}
        error={act.error}
        onClose={() => {
          setOpen(undefined);
          act.reset();
        }}
        onReason={(what, reason) => {
          if (what === 'move') {
            setOpen(undefined);
            setMoveReason(reason);
          } else act.mutate({ verb: what, reason });
        }}
      />
    </>
  );
}

/** What this reader may do with it now, each with its key. */
function useActions(
  { status, slot }: Appointment,
  act: (what: Act) => void,
  ask: (what: Open) => void,
): readonly Action[] {
  const { t } = useTranslation('agenda');
  const { now } = usePlace();
  const mayBook = useHasRole('coordinator', 'specialist', 'requester');
  const mayRecord = useHasRole('coordinator', 'specialist');
  const hasBegun = slot !== undefined && slot.startsAt <= now;
  const isAhead = (status === 'held' || status === 'booked') && !hasBegun;
  const opening = (what: Open) => () => {
    ask(what);
  };
  const doing = (verb: Act['verb']) => () => {
    act({ verb });
  };
  const record = [
    { label: t('attended.do'), run: doing('attended'), key: 'e', isMain: true },
    { label: t('missed.do'), run: opening('missed') },
  ];
  const change = [
    { label: t('move.do'), run: opening('move'), key: 'b' },
    { label: t('cancel.do'), run: opening('cancel') },
  ];
  const actions: readonly Action[] = [
    ...(mayBook && status === 'held'
      ? [{ label: t('confirm.do'), run: doing('confirm'), key: 'e', isMain: true }]
      : []),
    ...(mayRecord && status === 'booked' && hasBegun ? record : []),
    ...(mayBook && isAhead ? change : []),
  ];
  useShortcuts(actions.flatMap(({ label, run, key }) => (key === undefined ? [] : [{ keys: key, label, run }])));
  return actions;
}

interface Act {
  readonly verb: 'confirm' | 'attended' | 'cancel' | 'missed';
  readonly reason?: string;
}

function useAct(id: string, onDone: (verb: Act['verb']) => void) {
  const { t } = useTranslation('agenda');
  return useCommand<Act>({
    path: ({ verb }) => `${SCHEDULING}/appointments/${id}/${verb}`,
    body: ({ reason }) => (reason === undefined ? {} : { reason }),
    changes: changedByBooking,
    onDone: ({ verb }) => {
      onDone(verb);
      tell(t(`told.${verb}`));
    },
  });
}

const reasonsOf = { move: moveReasons, cancel: cancelReasons, missed: missReasons } as const;

interface ReasonDialogProps {
  readonly what: Open | undefined;
  readonly isBusy: boolean;
  readonly error: ReturnType<typeof useAct>['error'];
  readonly onReason: (what: Open, reason: string) => void;
  readonly onClose: () => void;
}

function ReasonDialog({ what, isBusy, error, onReason, onClose }: ReasonDialogProps) {
  const { t } = useTranslation('agenda');
  if (what === undefined) return null;
  return (
    <ConfirmDialog
      isOpen
      title={t(`askTitle.${what}`)}
      confirmLabel={t(what === 'move' ? 'move.choose' : what === 'cancel' ? 'cancel.do' : 'missed.do')}
      isDangerous={what === 'cancel'}
      reasons={reasonsOf[what].map((value) => ({ value, label: t(`reason.${value}`) }))}
      isBusy={isBusy}
      error={error}
      onConfirm={({ reason }) => {
        onReason(what, reason);
      }}
      onClose={onClose}
    >
      {t(`askText.${what}`)}
    </ConfirmDialog>
  );
}
