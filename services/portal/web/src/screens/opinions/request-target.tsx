import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import { PersonSelect } from '../../shell/person-select';
import { useWords } from '../../shell/words';
import { Select, SimpleGrid } from '../../ui';

/** Specialties of doctors that opinions are asked of. */
const specialties = [
  'cardiology',
  'gastroenterology',
  'general-practice',
  'genetics',
  'geriatrics',
  'gynaecology',
  'nephrology',
  'oncology',
  'paediatrics',
  'palliative-care',
  'pathology',
  'radiology',
  'radiotherapy',
  'rare-disease-centre',
  'surgery',
  'transplantation',
] as const;

export interface Target {
  readonly specialty: string | undefined;
  readonly expertId: string | undefined;
}

export interface RequestTargetProps {
  readonly target: Target;
  readonly requesterId: string;
  readonly problem: Problem | null;
  readonly onChange: (target: Target) => void;
}

/** A team rather than a person: without a name, whoever of the specialty has the fewest requests open is asked. */
export function RequestTarget({ target, requesterId, problem, onChange }: RequestTargetProps) {
  const { t } = useTranslation('opinions');
  const words = useWords();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Select
        label={t('target.specialty')}
        description={t('target.specialtyHelp')}
        required
        searchable
        data={specialties.map((value) => ({ value, label: words.specialty(value) }))}
        value={target.specialty ?? null}
        error={problem?.fields['specialty']}
        onChange={(value) => {
          onChange({ specialty: value ?? undefined, expertId: undefined });
        }}
      />
      <PersonSelect
        label={t('target.person')}
        description={t('target.personHelp')}
        placeholder={t('target.anybody')}
        specialty={target.specialty}
        profession="doctor"
        without={[requesterId]}
        value={target.expertId}
        error={problem?.fields['expertId']}
        onChange={(expertId) => {
          onChange({ specialty: target.specialty, expertId });
        }}
      />
    </SimpleGrid>
  );
}
