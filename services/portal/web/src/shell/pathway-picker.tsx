import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useRead, useSearch, withQuery } from '../api/queries';
import { Loaded, Stack, Text, TextInput, UnstyledButton, useDebouncedValue } from '../ui';
import { PatientName } from './names';
import { useHasRole } from './session-context';

const SHOWN_MAX = 12;
/** From this length on a name is looked for. */
const NAME_LENGTH_MIN = 2;

interface PathwayLine {
  readonly id: string;
  readonly patientId: string;
  readonly status: string;
  readonly protocol: { readonly id: string };
}

export interface PathwayPickerProps {
  readonly onChoose: (pathwayId: string) => void;
}

/** Whose pathway something is about: found by a few letters of the name, or taken from those that one cares for. */
export function PathwayPicker({ onChoose }: PathwayPickerProps) {
  const { t } = useTranslation('words');
  const maySearch = useHasRole('coordinator', 'requester');
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const isAsked = maySearch && asked.length >= NAME_LENGTH_MIN;
  const found = useSearch<Page<{ readonly id: string }>>(
    '/api/pathways/patients/search',
    { name: asked },
    { isEnabled: isAsked },
  );
  return (
    <Stack gap="xs">
      {maySearch ? (
        <TextInput
          label={t('pathway.search')}
          placeholder={t('pathway.letters')}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
          }}
        />
      ) : null}
      {isAsked ? (
        <Loaded read={found} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Text size="sm">{t('pathway.nobody')}</Text>
            ) : (
              items.slice(0, SHOWN_MAX).map(({ id }) => <Pathways key={id} patientId={id} onChoose={onChoose} />)
            )
          }
        </Loaded>
      ) : (
        <Pathways onChoose={onChoose} />
      )}
    </Stack>
  );
}

function Pathways({ patientId, onChoose }: PathwayPickerProps & { readonly patientId?: string }) {
  const { t } = useTranslation('words');
  const read = useRead<Page<PathwayLine>>(withQuery('/api/pathways/pathways', { patientId, limit: SHOWN_MAX }));
  return (
    <Loaded read={read} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('pathway.none')}
          </Text>
        ) : (
          items.map((pathway) => (
            <UnstyledButton
              key={pathway.id}
              className="paper"
              px="sm"
              py={8}
              onClick={() => {
                onChoose(pathway.id);
              }}
            >
              <Text size="sm" fw={640} component="span">
                <PatientName id={pathway.patientId} />
              </Text>{' '}
              <Text size="xs" c="dimmed" component="span">
                {t('pathway.since', { protocol: pathway.protocol.id })}
              </Text>
            </UnstyledButton>
          ))
        )
      }
    </Loaded>
  );
}
