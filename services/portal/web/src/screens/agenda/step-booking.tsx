import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import type { PathwayRead } from '../../shell/context-parts';
import { Button, Empty, Loaded, Stack } from '../../ui';
import { type Appointment, SCHEDULING, type Visit } from './appointment';
import { AppointmentPanel } from './appointment-panel';
import { BookingPanel } from './booking-panel';

export interface StepBookingProps {
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly onLeave: () => void;
}

/** The appointment of one step: the one there is, or a new one. */
export function StepBooking({ pathwayId, stepKey, onLeave }: StepBookingProps) {
  const { t } = useTranslation('agenda');
  const read = useRead<Page<Appointment>>(`${SCHEDULING}/appointments?pathwayId=${pathwayId}&limit=200`);
  return (
    <Stack gap="md">
      <Button variant="default" size="compact-md" style={{ alignSelf: 'flex-start' }} onClick={onLeave}>
        {t('step.leave')}
      </Button>
      <Loaded read={read}>
        {({ items }) => {
          const ofStep = items.filter((one) => one.stepKey === stepKey);
          const standing = ofStep.find(({ status }) => status !== 'cancelled' && status !== 'missed');
          return standing === undefined ? (
            <NewVisit pathwayId={pathwayId} stepKey={stepKey} />
          ) : (
            <AppointmentPanel appointment={standing} />
          );
        }}
      </Loaded>
    </Stack>
  );
}

interface ProtocolRead {
  readonly document: { readonly steps: readonly { readonly id: string; readonly visitKind?: string }[] };
}

/** A visit that nobody has asked for yet: its kind is the protocol's. */
function NewVisit({ pathwayId, stepKey }: Omit<StepBookingProps, 'onLeave'>) {
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
            return <BookingPanel visit={visit} wish={latest === undefined ? {} : { latest }} />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
