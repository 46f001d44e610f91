import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { namedQuery } from '../../api/names';
import { Select } from '../../ui';
import type { Calendar } from './appointment';

export interface CalendarSelectProps {
  readonly calendars: readonly Calendar[];
  readonly value: string | undefined;
  readonly onChange: (calendarId: string | undefined) => void;
}

/** Whose calendar is shown, by the name of the person or of the room. */
export function CalendarSelect({ calendars, value, onChange }: CalendarSelectProps) {
  const { t } = useTranslation('agenda');
  const people = useQueries({
    queries: calendars.map(({ practitionerId }) => namedQuery('practitioners', practitionerId)),
  });
  const data = calendars.map(({ id, resources }, index) => {
    const person = people[index]?.data as { readonly name: string } | null | undefined; // the portal's answer for people
    return { value: id, label: person?.name ?? (resources.join(', ') || id.slice(0, 8)) };
  });
  data.sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Select
      label={t('week.calendar')}
      searchable
      allowDeselect={false}
      data={data}
      value={value ?? null}
      w={280}
      onChange={(chosen) => {
        onChange(chosen ?? undefined);
      }}
    />
  );
}
