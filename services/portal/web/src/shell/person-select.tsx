import { useTranslation } from 'react-i18next';

import { type Page, useRead, withQuery } from '../api/queries';
import { Select } from '../ui';
import { useWords } from './words';

/** Of a directory's page: the most a choice looks at. */
const CHOICE_MAX = 200;

interface Practitioner {
  readonly id: string;
  readonly name: string;
  readonly exercises: readonly { readonly role: string; readonly specialty?: string }[];
}

export interface PersonSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (practitionerId: string | undefined) => void;
  readonly specialty?: string | undefined;
  readonly profession?: string | undefined;
  /** Those who cannot be chosen here. */
  readonly without?: readonly string[];
  readonly placeholder?: string;
  readonly description?: string;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
}

/** Chooses somebody of the directory, of one specialty where it is known; a few letters of the name find them. */
export function PersonSelect(props: PersonSelectProps) {
  const { t } = useTranslation('words');
  const words = useWords();
  const { specialty, profession: role, without = [] } = props;
  const read = useRead<Page<Practitioner>>(
    withQuery('/api/pathways/practitioners', { specialty, role, limit: CHOICE_MAX }),
  );
  const data = (read.data?.items ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, name, exercises: [first] }) => ({
      value: id,
      label: first === undefined ? name : `${name} · ${words.specialty(first.specialty ?? first.role)}`,
    }));
  return (
    <Select
      label={props.label}
      placeholder={props.placeholder ?? t('choosePerson')}
      description={props.description}
      error={props.error ?? (read.error === null ? undefined : t('directoryAway'))}
      required={props.isRequired === true}
      data={data}
      value={props.value ?? null}
      onChange={(value) => {
        props.onChange(value ?? undefined);
      }}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('nobodyFound')}
    />
  );
}
