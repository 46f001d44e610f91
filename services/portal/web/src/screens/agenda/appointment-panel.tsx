import { useTranslation } from 'react-i18next';

import { instantText } from '../../formats';
import { IdentityBanner, PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useCodeWord, useWords } from '../../shell/words';
import { Facts, Panel, Stack, StatusMark } from '../../ui';
import { type Appointment, appointmentTones, visitOf } from './appointment';
import { AppointmentActions } from './appointment-actions';
import { BookingPanel } from './booking-panel';

export interface AppointmentPanelProps {
  readonly appointment: Appointment;
  /** It had no slot, or one that was only held, and now has one. */
  readonly onBooked?: (() => void) | undefined;
}

/** One appointment: whose, what for, when and with whom, and what may be done with it. */
export function AppointmentPanel({ appointment, onBooked }: AppointmentPanelProps) {
  const { t } = useTranslation('agenda');
  const words = useWords();
  const code = useCodeWord('agenda');
  const place = usePlace();
  const { status, visitKind, slot, wish, heldUntil, reason } = appointment;
  if (status === 'waiting') return <BookingPanel visit={visitOf(appointment)} wish={wish ?? {}} onDone={onBooked} />;
  return (
    <Stack gap="md">
      <IdentityBanner patientId={appointment.patientId} />
      <Panel
        title={words.visitKind(visitKind)}
        actions={<StatusMark tone={appointmentTones[status]}>{t(`status.${status}`)}</StatusMark>}
      >
        <Stack>
          <Facts
            rows={[
              slot === undefined ? undefined : [t('fact.at'), instantText(slot.startsAt, place.now, place)],
              slot?.practitionerId === undefined
                ? undefined
                : [t('fact.with'), <PersonName key="with" id={slot.practitionerId} />],
              slot === undefined ? undefined : [t('fact.mode'), t(`mode.${slot.mode}`)],
              slot === undefined || slot.resources.length === 0
                ? undefined
                : [t('fact.rooms'), slot.resources.join(', ')],
              heldUntil === undefined ? undefined : [t('fact.heldUntil'), instantText(heldUntil, place.now, place)],
              reason === undefined ? undefined : [t('fact.reason'), code(`reason.${reason}`, reason)],
            ]}
          />
          <AppointmentActions appointment={appointment} onBooked={onBooked} />
        </Stack>
      </Panel>
    </Stack>
  );
}
