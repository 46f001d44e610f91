import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import { dayText, farText, instantText } from '../../formats';
import { useListKeys } from '../../shell/list-keys';
import { PatientName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { useWords } from '../../shell/words';
import { Empty, Group, Loaded, RowButton, Split, Stack, StatusMark, Text, Title } from '../../ui';
import { type Appointment, appointmentTones, SCHEDULING } from './appointment';
import { AppointmentPanel } from './appointment-panel';

/** Steps that wait for a slot, and slots that wait for a yes. */
export function ToBook() {
  const { t } = useTranslation('agenda');
  const [view, change] = useView();
  const waiting = useRead<Page<Appointment>>(`${SCHEDULING}/appointments?status=waiting&limit=200`);
  const held = useRead<Page<Appointment>>(`${SCHEDULING}/appointments?status=held&limit=200`);
  const groups = [
    { group: 'waiting' as const, items: sorted(waiting.data?.items, (one) => one.wish?.latest) },
    { group: 'held' as const, items: sorted(held.data?.items, (one) => one.heldUntil) },
  ].filter(({ items }) => items.length > 0);
  const ids = groups.flatMap(({ items }) => items.map(({ id }) => id));
  const selected = view['visit'];
  const select = (visit: string): void => {
    change({ visit }, { isStep: selected === undefined });
  };
  useListKeys(ids, selected, select);
  return (
    <Loaded read={waiting}>
      {() => (
        <Loaded read={held}>
          {() =>
            groups.length === 0 && selected === undefined ? (
              <Empty title={t('toBook.none')}>{t('toBook.noneText')}</Empty>
            ) : (
              <Split
                isDetailOpen={selected !== undefined}
                onBack={() => {
                  change({ visit: undefined });
                }}
                list={
                  <Stack gap="md">
                    {groups.map(({ group, items }) => (
                      <section key={group} aria-label={t(`toBook.${group}`)}>
                        <Title order={2} size="h6" mb={4} c="dimmed">
                          {t(`toBook.${group}`)} <span className="numbers">{items.length}</span>
                        </Title>
                        <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
                          {items.map((one) => (
                            <li key={one.id}>
                              <VisitRow one={one} isSelected={one.id === selected} onSelect={select} />
                            </li>
                          ))}
                        </Stack>
                      </section>
                    ))}
                  </Stack>
                }
                detail={
                  selected === undefined ? (
                    <Empty title={t('toBook.choose')}>{t('toBook.chooseText')}</Empty>
                  ) : (
                    <ReadAppointment key={selected} id={selected} />
                  )
                }
              />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

/** What must be settled first comes first. */
function sorted(
  items: readonly Appointment[] | undefined,
  until: (one: Appointment) => string | undefined,
): readonly Appointment[] {
  const end = (one: Appointment): number => Date.parse(until(one) ?? '9999-12-31T00:00:00Z');
  return [...(items ?? [])].sort((a, b) => end(a) - end(b) || (a.id < b.id ? -1 : 1));
}

/** An appointment read by its id: it stays in sight when it is no longer in the list. */
export function ReadAppointment({ id }: { readonly id: string }) {
  const read = useRead<Appointment>(`${SCHEDULING}/appointments/${id}`);
  return <Loaded read={read}>{(appointment) => <AppointmentPanel appointment={appointment} />}</Loaded>;
}

interface VisitRowProps {
  readonly one: Appointment;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function VisitRow({ one, isSelected, onSelect }: VisitRowProps) {
  const { t } = useTranslation('agenda');
  const words = useWords();
  const place = usePlace();
  const { id, patientId, visitKind, status, slot, wish, heldUntil } = one;
  return (
    <RowButton id={id} isSelected={isSelected} onSelect={onSelect}>
      <Group justify="space-between" gap={6}>
        <Text component="span" size="sm" fw={640}>
          <PatientName id={patientId} />
        </Text>
        <StatusMark tone={appointmentTones[status]}>{t(`status.${status}`)}</StatusMark>
      </Group>
      <Text component="span" display="block" size="xs" c="dimmed" mt={2}>
        {words.visitKind(visitKind)}
        {slot === undefined ? null : ` · ${instantText(slot.startsAt, place.now, place)}`}
        {heldUntil === undefined
          ? null
          : ` · ${t('toBook.until', { far: farText(heldUntil, place.now, place.language) })}`}
        {wish?.latest === undefined
          ? null
          : ` · ${t('toBook.before', { day: dayText(wish.latest, place.now, place) })}`}
      </Text>
    </RowButton>
  );
}
