import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useSearch } from '../../api/queries';
import { Anchor, Button, Group, List, Loaded, Panel, Text, TextInput, useDebouncedValue } from '../../ui';
import { useTimes } from '../care/care-words';

/** From this length on a name is looked for. */
const NAME_LENGTH_MIN = 2;

export interface FoundPatient {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: string;
}

export interface PatientSearchProps {
  /** Chooses somebody instead of going to their page. */
  readonly onChoose?: (patient: FoundPatient) => void;
}

/** A patient by a few letters of the name; they are sent in a body and never stand in an address. */
export function PatientSearch({ onChoose }: PatientSearchProps) {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const isAsked = asked.length >= NAME_LENGTH_MIN;
  const found = useSearch<Page<FoundPatient>>('/api/pathways/patients/search', { name: asked }, { isEnabled: isAsked });
  const nameOf = ({ familyName, givenNames }: FoundPatient): string =>
    `${familyName.toLocaleUpperCase()} ${givenNames.join(' ')}`;
  return (
    <Panel>
      <TextInput
        label={t('search.label')}
        placeholder={t('search.letters')}
        type="search"
        maw={420}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
        }}
      />
      <div aria-live="polite">
        {isAsked ? (
          <Loaded read={found} rows={2}>
            {({ items }) =>
              items.length === 0 ? (
                <Text size="sm" mt="xs">
                  {t('search.nobody')}
                </Text>
              ) : (
                <List listStyleType="none" mt="xs" spacing={4}>
                  {items.slice(0, 12).map((patient) => (
                    <List.Item key={patient.id}>
                      <Group gap="sm">
                        {onChoose === undefined ? (
                          <Anchor component={Link} to={`/patients/${patient.id}`} size="sm" fw={640}>
                            {nameOf(patient)}
                          </Anchor>
                        ) : (
                          <Button
                            size="compact-sm"
                            variant="default"
                            onClick={() => {
                              onChoose(patient);
                            }}
                          >
                            {nameOf(patient)}
                          </Button>
                        )}
                        <Text size="sm" c="dimmed">
                          {t('search.born', { day: times.day(patient.birthDate) })}
                        </Text>
                      </Group>
                    </List.Item>
                  ))}
                </List>
              )
            }
          </Loaded>
        ) : null}
      </div>
    </Panel>
  );
}
