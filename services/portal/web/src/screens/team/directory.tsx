import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { usePages, withQuery } from '../../api/queries';
import { OrganisationName } from '../../shell/names';
import { useView } from '../../shell/view';
import { useWords } from '../../shell/words';
import { type Column, DataTable, Empty, Group, Loaded, Panel, Select } from '../../ui';
import type { Practitioner } from './team-types';

const professions = ['doctor', 'nurse', 'pharmacist', 'midwife'] as const;
const specialties = [
  'advanced-practice',
  'cardiology',
  'coordination',
  'dietetics',
  'gastroenterology',
  'general-practice',
  'genetics',
  'geriatrics',
  'gynaecology',
  'medical-biology',
  'midwifery',
  'nephrology',
  'oncology',
  'paediatrics',
  'palliative-care',
  'pathology',
  'pharmacy',
  'psychology',
  'radiology',
  'radiotherapy',
  'social-work',
  'surgery',
  'transplantation',
] as const;

/** Who works in the territory, by profession and specialty; the address holds the filters. */
export function Directory() {
  const { t } = useTranslation('team');
  const words = useWords();
  const [view, change] = useView();
  const { role, specialty } = view;
  const read = usePages<Practitioner>(withQuery('/api/pathways/practitioners', { role, specialty, limit: 50 }));
  const columns = useMemo<readonly Column<Practitioner>[]>(
    () => [
      { id: 'name', header: t('directory.name'), sortBy: ({ name }) => name, cell: ({ name }) => name },
      {
        id: 'profession',
        header: t('directory.profession'),
        sortBy: ({ exercises: [first] }) => first?.role,
        cell: ({ exercises: [first] }) => (first === undefined ? '–' : words.profession(first.role)),
      },
      {
        id: 'specialty',
        header: t('directory.specialty'),
        sortBy: ({ exercises: [first] }) => words.specialty(first?.specialty ?? ''),
        cell: ({ exercises }) =>
          exercises.flatMap((one) => (one.specialty === undefined ? [] : [words.specialty(one.specialty)])).join(', '),
      },
      {
        id: 'place',
        header: t('directory.place'),
        cell: ({ exercises: [first] }) =>
          first?.organisationId === undefined ? '–' : <OrganisationName id={first.organisationId} />,
      },
    ],
    [t, words],
  );
  return (
    <Panel title={t('directory.title')}>
      <Group mb="md" align="flex-end">
        <Select
          label={t('directory.profession')}
          placeholder={t('directory.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          data={professions.map((value) => ({ value, label: words.profession(value) }))}
          value={role ?? null}
          onChange={(value) => {
            change({ role: value ?? undefined });
          }}
        />
        <Select
          label={t('directory.specialty')}
          placeholder={t('directory.all')}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          data={specialties.map((value) => ({ value, label: words.specialty(value) }))}
          value={specialty ?? null}
          onChange={(value) => {
            change({ specialty: value ?? undefined });
          }}
        />
      </Group>
      <Loaded read={read}>
        {(rows) => (
          <DataTable
            caption={t('directory.title')}
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            empty={<Empty title={t('directory.none')}>{t('directory.noneText')}</Empty>}
            onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
            isLoadingMore={read.isFetchingNextPage}
          />
        )}
      </Loaded>
    </Panel>
  );
}
