import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { instantOf } from '../../formats';
import { useDraft } from '../../shell/draft';
import { usePlace } from '../../shell/session-context';
import { Button, DateTimePicker, Failure, Group, Modal, SegmentedControl, Select, Stack, tell } from '../../ui';
import { SCHEDULING } from './appointment';

const reasons = ['leave', 'training', 'works', 'extra'] as const;

interface Exception {
  readonly from: string | null;
  readonly to: string | null;
  readonly open: boolean;
  readonly reason: string;
}
const EMPTY: Exception = { from: null, to: null, open: false, reason: 'leave' };

export interface ExceptionDialogProps {
  readonly calendarId: string;
  readonly onClose: () => void;
}

/** Closes a calendar, or opens it, between two moments of the territory's clocks. */
export function ExceptionDialog({ calendarId, onClose }: ExceptionDialogProps) {
  const { t } = useTranslation('agenda');
  const { timeZone } = usePlace();
  const draft = useDraft<Exception>(`exception/${calendarId}`, EMPTY);
  const { from, to, open, reason } = draft.value;
  const add = useCommand<Exception>({
    path: `${SCHEDULING}/calendars/${calendarId}/exceptions`,
    body: (one) => ({
      ...{ open: one.open, reason: one.reason },
      from: instantOf(one.from ?? '', timeZone),
      to: instantOf(one.to ?? '', timeZone),
    }),
    changes: [SCHEDULING],
    onDone: () => {
      draft.clear();
      onClose();
      tell(t('exception.done'));
    },
  });
  const isComplete = from !== null && to !== null;
  const order = isComplete && from >= to ? t('exception.order') : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exception.title')}
      centered
      closeButtonProps={{ 'aria-label': t('week.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete && order === undefined) add.mutate(draft.value);
        }}
      >
        <Stack>
          <SegmentedControl
            aria-label={t('exception.title')}
            value={open ? 'open' : 'closed'}
            data={[
              { value: 'closed', label: t('exception.close') },
              { value: 'open', label: t('exception.extra') },
            ]}
            onChange={(value) => {
              draft.change({ open: value === 'open', reason: value === 'open' ? 'extra' : 'leave' });
            }}
          />
          <DateTimePicker
            popoverProps={{ withinPortal: false }}
            label={t('exception.from')}
            required
            value={from}
            error={add.error?.fields['from']}
            onChange={(value) => {
              draft.change({ from: value });
            }}
          />
          <DateTimePicker
            popoverProps={{ withinPortal: false }}
            label={t('exception.to')}
            required
            value={to}
            error={order ?? add.error?.fields['to']}
            onChange={(value) => {
              draft.change({ to: value });
            }}
          />
          <Select
            label={t('fact.reason')}
            allowDeselect={false}
            data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={reason}
            onChange={(value) => {
              draft.change({ reason: value ?? 'leave' });
            }}
          />
          {add.error === null ? null : <Failure error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('exception.leave')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={!isComplete || order !== undefined}>
              {t('exception.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
