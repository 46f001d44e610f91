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
import { BookingPanel } from './booking-panel';

type Open = 'move' | 'cancel' | 'missed';

/** Say yes to a held slot; move, cancel; once its time has come, say whether the patient came. */
export function AppointmentActions({ appointment }: { readonly appointment: Appointment }) {
  const { t } = useTranslation('agenda');
  const { now } = usePlace();
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const [moveReason, setMoveReason] = useState<string | undefined>(undefined);
  const mayBook = useHasRole('coordinator', 'specialist', 'requester');
  const mayRecord = useHasRole('coordinator', 'specialist');
  const { status, slot } = appointment;
  const hasBegun = slot !== undefined && slot.startsAt <= now;
  const isAhead = (status === 'held' || status === 'booked') && !hasBegun;
  const act = useAct(appointment.id, () => {
    setOpen(undefined);
  });
  const canConfirm = mayBook && status === 'held';
  const canRecord = mayRecord && status === 'booked' && hasBegun;
  useShortcuts([
    ...(canConfirm
      ? [
          {
            keys: 'e',
            label: t('confirm.do'),
            run: () => {
              act.mutate({ verb: 'confirm' });
            },
          },
        ]
      : []),
    ...(canRecord
      ? [
          {
            keys: 'e',
            label: t('attended.do'),
            run: () => {
              act.mutate({ verb: 'attended' });
            },
          },
        ]
      : []),
    ...(mayBook && isAhead
      ? [
          {
            keys: 'b',
            label: t('move.do'),
            run: () => {
              setOpen('move');
            },
          },
        ]
      : []),
  ]);
  const dialog = (what: Open) => () => {
    setOpen(what);
  };
  const close = (): void => {
    setOpen(undefined);
    act.reset();
  };
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
        {canConfirm ? (
          <Button
            loading={act.isPending}
            onClick={() => {
              act.mutate({ verb: 'confirm' });
            }}
          >
            {t('confirm.do')} <kbd style={{ marginInlineStart: 8 }}>e</kbd>
          </Button>
        ) : null}
        {canRecord ? (
          <>
            <Button
              loading={act.isPending}
              onClick={() => {
                act.mutate({ verb: 'attended' });
              }}
            >
              {t('attended.do')} <kbd style={{ marginInlineStart: 8 }}>e</kbd>
            </Button>
            <Button variant="default" onClick={dialog('missed')}>
              {t('missed.do')}
            </Button>
          </>
        ) : null}
        {mayBook && isAhead ? (
          <>
            <Button variant="default" onClick={dialog('move')}>
              {t('move.do')} <kbd style={{ marginInlineStart: 8 }}>b</kbd>
            </Button>
            <Button variant="default" onClick={dialog('cancel')}>
              {t('cancel.do')}
            </Button>
          </>
        ) : null}
      </Group>
      {act.error !== null && open === undefined ? <Failure error={act.error} /> : null}
      <ReasonDialog
        what={open}
        isBusy={act.isPending}
        error={act.error}
        onClose={close}
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

interface Act {
  readonly verb: 'confirm' | 'attended' | 'cancel' | 'missed';
  readonly reason?: string;
}

function useAct(id: string, onDone: () => void) {
  const { t } = useTranslation('agenda');
  return useCommand<Act>({
    path: ({ verb }) => `${SCHEDULING}/appointments/${id}/${verb}`,
    body: ({ reason }) => (reason === undefined ? {} : { reason }),
    changes: changedByBooking,
    onDone: ({ verb }) => {
      onDone();
      tell(t(`${verb}.done`));
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
      title={t(`${what}.title`)}
      confirmLabel={t(what === 'move' ? 'move.choose' : `${what}.do`)}
      isDangerous={what === 'cancel'}
      reasons={reasonsOf[what].map((value) => ({ value, label: t(`reason.${value}`) }))}
      isBusy={isBusy}
      error={error}
      onConfirm={({ reason }) => {
        onReason(what, reason);
      }}
      onClose={onClose}
    >
      {t(`${what}.text`)}
    </ConfirmDialog>
  );
}
