import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import type { PathwayRead } from '../../shell/context-parts';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, Empty, Loaded, Stack } from '../../ui';
import { type Appointment, SCHEDULING, type Visit } from './appointment';
import { AppointmentPanel } from './appointment-panel';
import { BookingPanel } from './booking-panel';

export interface StepBookingProps {
  readonly pathwayId: string;
  readonly stepKey: string;
  /** Where one goes who leaves; the agenda where nothing else is said. */
  readonly leaveLabel?: string;
  readonly onLeave: () => void;
  readonly onBooked?: () => void;
}

/** The appointment of one step: the one there is, or a new one. */
export function StepBooking({ pathwayId, stepKey, leaveLabel, onLeave, onBooked }: StepBookingProps) {
  const { t } = useTranslation('agenda');
  const leave = leaveLabel ?? t('step.leave');
  useShortcuts([{ keys: 'Escape', label: leave, run: onLeave }]);
  const read = useRead<Page<Appointment>>(`${SCHEDULING}/appointments?pathwayId=${pathwayId}&limit=200`);
  return (
    <Stack gap="md">
      <Button variant="default" size="compact-md" style={{ alignSelf: 'flex-start' }} onClick={onLeave}>
        {leave}
      </Button>
      <Loaded read={read}>
        {({ items }) => {
          const ofStep = items.filter((one) => one.stepKey === stepKey);
          const standing = ofStep.find(({ status }) => status !== 'cancelled' && status !== 'missed');
          return standing === undefined ? (
            <NewVisit pathwayId={pathwayId} stepKey={stepKey} onBooked={onBooked} />
          ) : (
            <AppointmentPanel appointment={standing} onBooked={onBooked} />
          );
        }}
      </Loaded>
    </Stack>
  );
}

interface ProtocolRead {
  readonly document: { readonly steps: readonly { readonly id: string; readonly visitKind?: string }[] };
}

interface NewVisitProps extends Pick<StepBookingProps, 'pathwayId' | 'stepKey'> {
  readonly onBooked: (() => void) | undefined;
}

/** A visit that nobody has asked for yet: its kind is the protocol's. */
function NewVisit({ pathwayId, stepKey, onBooked }: NewVisitProps) {
  const { t } = useTranslation('agenda');
  const [appointmentId] = useState(() => crypto.randomUUID());
  const pathway = useRead<PathwayRead>(`/api/pathways/pathways/${pathwayId}`);
  const pin = pathway.data?.protocol;
  const protocol = useRead<ProtocolRead>(
    `/api/pathways/protocols/${pin?.id ?? ''}/versions/${String(pin?.version ?? '')}`,
    { isEnabled: pin !== undefined },
  );
  const [stepId] = stepKey.split('#');
  return (
    <Loaded read={pathway}>
      {({ patientId, steps }) => (
        <Loaded read={protocol}>
          {({ document }) => {
            const visitKind = document.steps.find(({ id }) => id === stepId)?.visitKind;
            if (visitKind === undefined) return <Empty title={t('step.none')}>{t('step.noneText')}</Empty>;
            const visit: Visit = { appointmentId, pathwayId, patientId, stepKey, visitKind };
            const latest = steps.find(({ key }) => key === stepKey)?.latest;
            return <BookingPanel visit={visit} wish={latest === undefined ? {} : { latest }} onDone={onBooked} />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
