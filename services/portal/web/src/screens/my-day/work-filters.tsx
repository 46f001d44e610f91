import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { tiers } from '../../api/care';
import { useRead } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Button, Group, Select } from '../../ui';
import { useCareWords } from '../care/care-words';
import { filterNames, type FilterName, type Filters, type Queue, reasonsOf } from './work-queue';

const owners = ['me', 'nobody', 'others', 'all'] as const;

interface ProtocolLine {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly roles: Readonly<Record<string, string>>;
}

export interface WorkFiltersProps {
  readonly filters: Filters;
  readonly queue: Queue;
  readonly onChange: (changes: Readonly<Partial<Record<FilterName, string | undefined>>>) => void;
}

/** What narrows the list; all of it stands in the address. */
export const WorkFilters = memo(function WorkFilters({ filters, queue, onChange }: WorkFiltersProps) {
  const { t } = useTranslation('myDay');
  const words = useCareWords();
  const protocols = useRead<{ readonly items: readonly ProtocolLine[] }>('/api/pathways/protocols');
  const lines = protocols.data?.items ?? [];
  const titles = new Map(lines.map(({ id, title }) => [id, title]));
  const roles = [...new Set(lines.flatMap((one) => Object.keys(one.roles)))].sort();
  const choices: Readonly<Record<FilterName, readonly { value: string; label: string }[]>> = {
    owner: owners.map((value) => ({ value, label: t(`owner.${value}`) })),
    tier: tiers.map((tier) => ({ value: String(tier), label: words.tier(tier) })),
    reason: reasonsOf[queue].map((value) => ({ value, label: words.reason(value) })),
    protocol: [...titles].map(([value, label]) => ({ value, label })),
    phase: usePhases(lines.findLast(({ id }) => id === filters.protocol)),
    role: roles.map((value) => ({ value, label: words.teamRole(value) })),
  };
  const names = filterNames.filter((name) => choices[name].length > 1);
  const isNarrowed = filterNames.some((name) => filters[name] !== undefined);
  return (
    <Group gap="xs" role="group" aria-label={t('filters')}>
      {names.map((name) => (
        <Select
          key={name}
          size="xs"
          w={158}
          aria-label={t(`filter.${name}`)}
          placeholder={t(`filter.${name}`)}
          data={choices[name]}
          value={filters[name] ?? (name === 'owner' ? 'me' : null)}
          clearable={name !== 'owner'}
          allowDeselect={name !== 'owner'}
          clearButtonProps={{ 'aria-label': t('clear') }}
          searchable={choices[name].length > 8}
          onChange={(value) => {
            // Phases are of one protocol.
            onChange({ [name]: value ?? undefined, ...(name === 'protocol' ? { phase: undefined } : {}) });
          }}
        />
      ))}
      {isNarrowed ? (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            onChange(Object.fromEntries(filterNames.map((name) => [name, undefined])));
          }}
        >
          {t('all')}
        </Button>
      ) : null}
    </Group>
  );
});

interface ProtocolPhases {
  readonly document: {
    readonly phases: readonly { readonly id: string; readonly label: Record<'fr' | 'en', string> }[];
  };
}

/** The phases of the chosen protocol; none while none is chosen. */
function usePhases(protocol: ProtocolLine | undefined): readonly { value: string; label: string }[] {
  const { language } = usePlace();
  const read = useRead<ProtocolPhases>(
    `/api/pathways/protocols/${protocol?.id ?? ''}/versions/${String(protocol?.version ?? '')}`,
    { isEnabled: protocol !== undefined },
  );
  if (protocol === undefined) return [];
  return (read.data?.document.phases ?? []).map(({ id, label }) => ({
    value: id,
    label: label[language === 'en' ? 'en' : 'fr'],
  }));
}
