import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useSearch, type Page } from '../api/queries';
import { ageOn } from '../formats';
import { Spotlight, spotlight, useDebouncedValue } from '../ui';
import { areasOf } from './areas';
import { useHasRole, useSession } from './session-context';
import { useShortcutRegistry } from './shortcuts';

export const openPalette = (): void => {
  spotlight.open();
};

interface FoundPatient {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
}

/** From this length on a name is looked for. */
const NAME_LENGTH_MIN = 2;

/** Goes anywhere and finds anybody by a few letters. A name is sent in a body and never stands in an address. */
export function Palette() {
  const { t } = useTranslation('shell');
  const { roles, now } = useSession();
  const navigate = useNavigate();
  const mayFindPatients = useHasRole('coordinator', 'specialist', 'requester', 'meeting-secretary', 'chair');
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 150);
  const found = useSearch<Page<FoundPatient>>(
    '/api/pathways/patients/search',
    { name: asked },
    { isEnabled: mayFindPatients && asked.length >= NAME_LENGTH_MIN },
  );
  const wanted = query.trim().toLocaleLowerCase();
  const ways = areasOf(roles).filter(({ id }) => t(`area.${id}`).toLocaleLowerCase().includes(wanted));
  const here = useShortcutRegistry();
  // What this screen offers by a key of its own; two keys lead elsewhere, as the ways do.
  const own = wanted === '' ? [] : here.all().filter(({ keys }) => !keys.includes(' '));
  const acts = own.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  const patients = asked.length >= NAME_LENGTH_MIN ? (found.data?.items ?? []) : [];
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      attributes={{ content: { 'aria-label': t('palette.placeholder') } }}
    >
      <Spotlight.Search placeholder={t('palette.placeholder')} aria-label={t('palette.placeholder')} />
      <Spotlight.ActionsList>
        {patients.map((patient) => (
          <Spotlight.Action
            key={patient.id}
            label={`${patient.familyName.toLocaleUpperCase()} ${patient.givenNames.join(' ')}`}
            description={t('palette.years', { count: ageOn(patient.birthDate, now) })}
            onClick={() => void navigate({ to: `/patients/${patient.id}` })}
          />
        ))}
        {ways.map(({ id, to, icon: Icon }) => (
          <Spotlight.Action
            key={id}
            label={t(`area.${id}`)}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={() => void navigate({ to })}
          />
        ))}
        {acts.map(({ keys, label, run }) => (
          <Spotlight.Action key={keys} label={label} rightSection={<kbd aria-hidden>{keys}</kbd>} onClick={run} />
        ))}
        {patients.length + ways.length + acts.length === 0 ? (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
