import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Facts, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { provenRoot } from './proven-root';
import type { Proof } from './types';

/** That the entry is in a sealed batch, computed by this browser from its hash. */
export function ProofPanel({ entryId }: { readonly entryId: string }) {
  const { t } = useTranslation('finance');
  const read = useRead<Proof>(`/api/capitation/entries/${encodeURIComponent(entryId)}/proof`);
  return (
    <Panel title={t('proof.title')}>
      <Loaded read={read} rows={3}>
        {(proof) => <Checked proof={proof} />}
      </Loaded>
    </Panel>
  );
}

function Checked({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation('finance');
  const computed = useQuery({ queryKey: ['proof', proof.hash, proof.root], queryFn: () => provenRoot(proof) }).data;
  return (
    <Stack gap="xs">
      {computed === undefined ? null : computed === proof.root ? (
        <StatusMark tone="done">{t('proof.good')}</StatusMark>
      ) : (
        <StatusMark tone="urgent">{t('proof.bad')}</StatusMark>
      )}
      <Text size="sm" c="dimmed">
        {t('proof.text', { count: proof.steps.length })}
      </Text>
      <Facts
        rows={[
          [t('proof.hash'), <Hash key="hash" of={proof.hash} />],
          [t('proof.root'), <Hash key="root" of={proof.root} />],
        ]}
      />
    </Stack>
  );
}

export function Hash({ of }: { readonly of: string }) {
  return (
    <Text span size="xs" style={{ overflowWrap: 'anywhere', fontFamily: 'ui-monospace, monospace' }}>
      {of}
    </Text>
  );
}
