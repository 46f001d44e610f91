import { useTranslation } from 'react-i18next';

import { usePersonNamed } from '../../api/names';
import { dayIn, dayText, timeText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Button, Group, Stack, Title } from '../../ui';
import type { Slot } from './appointment';

export interface SlotListProps {
  /** Earliest first. */
  readonly slots: readonly Slot[];
  readonly isBusy: boolean;
  readonly onBook: (slot: Slot) => void;
}

/** Every free slot, day by day. */
export function SlotList({ slots, isBusy, onBook }: SlotListProps) {
  const place = usePlace();
  const days = Map.groupBy(slots, ({ startsAt }) => dayIn(startsAt, place.timeZone));
  return (
    <Stack gap="md">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={dayText(day, place.now, place)}>
          <Title order={3} size="h6" mb={4}>
            {dayText(day, place.now, place)}
          </Title>
          <Group gap={6}>
            {ofDay.map((slot) => (
              <SlotButton key={`${slot.calendarId}/${slot.startsAt}`} slot={slot} isBusy={isBusy} onBook={onBook} />
            ))}
          </Group>
        </section>
      ))}
    </Stack>
  );
}

interface SlotButtonProps extends Pick<SlotListProps, 'isBusy' | 'onBook'> {
  readonly slot: Slot;
}

function SlotButton({ slot, isBusy, onBook }: SlotButtonProps) {
  const { t } = useTranslation('agenda');
  const place = usePlace();
  const person = usePersonNamed(slot.practitionerId);
  const at = timeText(slot.startsAt, place);
  return (
    <Button
      variant="default"
      size="compact-md"
      className="numbers"
      disabled={isBusy}
      aria-label={t('book.with', { at, name: person?.name ?? slot.resources.join(', ') })}
      onClick={() => {
        onBook(slot);
      }}
    >
      {at}
    </Button>
  );
}
