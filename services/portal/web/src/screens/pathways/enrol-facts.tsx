import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Divider, Group, Loaded, SimpleGrid, Stack, Text, TextInput } from '../../ui';
import { useCareWords } from '../care/care-words';
import type { ProtocolRead, ProtocolVersion } from '../protocols/protocol-types';
import type { EnrolPartProps } from './enrol-patient';

/** The diagnosis, and what the protocol's first step asks to know; all of it may come later. */
export function EnrolFacts({ form, change, errors }: EnrolPartProps) {
  const { t } = useTranslation('enrolment');
  const words = useCareWords();
  const read = useFirstStep(form.protocolId);
  const { condition } = form;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('facts.lead')}
      </Text>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput
          label={t('facts.condition')}
          description={t('facts.conditionHint')}
          value={condition.code}
          error={errors['condition'] ?? (form.taken.includes('patient') ? errors['code'] : undefined)}
          disabled={form.taken.includes('condition')}
          onChange={(event) => {
            change({ condition: { ...condition, code: event.currentTarget.value } });
          }}
        />
        <TextInput
          label={t('facts.onset')}
          description={t('facts.onsetHint')}
          value={condition.onset}
          error={errors['onset']}
          disabled={form.taken.includes('condition')}
          onChange={(event) => {
            change({ condition: { ...condition, onset: event.currentTarget.value } });
          }}
        />
      </Group>
      <Divider label={t('facts.first')} labelPosition="left" />
      <Loaded read={read} rows={3}>
        {({ document }) => {
          const codes = document.steps.find(({ records = [] }) => records.length > 0)?.records ?? [];
          return (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {codes.map((code) => (
                <TextInput
                  key={code}
                  label={words.fact(code)}
                  value={form.facts[code] ?? ''}
                  error={
                    form.taken.includes('pathway') && !form.taken.includes(`fact ${code}`) ? errors['value'] : undefined
                  }
                  disabled={form.taken.includes(`fact ${code}`)}
                  onChange={(event) => {
                    change({ facts: { ...form.facts, [code]: event.currentTarget.value } });
                  }}
                />
              ))}
            </SimpleGrid>
          );
        }}
      </Loaded>
    </Stack>
  );
}

/** The document in use of a protocol. */
function useFirstStep(protocolId: string) {
  const versions = useRead<{ readonly items: readonly ProtocolVersion[] }>('/api/pathways/protocols');
  const version = versions.data?.items.findLast(({ id, status }) => id === protocolId && status === 'active')?.version;
  return useRead<ProtocolRead>(`/api/pathways/protocols/${protocolId}/versions/${String(version ?? '')}`, {
    isEnabled: version !== undefined,
  });
}
