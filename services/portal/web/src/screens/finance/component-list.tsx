import { useTranslation } from 'react-i18next';

import { Box, Group, Panel, Stack, Text } from '../../ui';
import type { ContractDocument } from './contract-types';
import { useWord } from './words';

type Component = ContractDocument['components'][number];

interface Part {
  readonly to: string;
  readonly share: string;
}

const isSplit = (value: unknown): value is readonly Part[] =>
  Array.isArray(value) &&
  value.every((one: unknown) => typeof one === 'object' && one !== null && 'to' in one && 'share' in one);

/** What a contract calculates, step by step: each with what it means, its terms, and where its amount goes. */
export function ComponentList({ components }: { readonly components: readonly Component[] }) {
  const { t } = useTranslation('finance');
  return (
    <Panel title={t('contract.components')}>
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {components.map((component, index) => (
          <Box
            component="li"
            key={component.id}
            p="sm"
            style={{ border: '1px solid var(--ariane-line)', borderRadius: 'var(--mantine-radius-md)' }}
          >
            <OneComponent component={component} number={index + 1} />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}

function OneComponent({ component, number }: { readonly component: Component; readonly number: number }) {
  const word = useWord();
  const { id, kind, ...terms } = component;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {number}.
        </Text>
        <Text fw={640}>{id}</Text>
        <Text size="sm" c="dimmed">
          {word('component', kind)}
        </Text>
      </Group>
      <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'minmax(5rem, auto) 1fr', gap: '2px 12px' }}>
        {Object.entries(terms).map(([name, value]) => (
          <Term key={name} name={name} value={value} />
        ))}
      </dl>
    </Stack>
  );
}

function Term({ name, value }: { readonly name: string; readonly value: unknown }) {
  const word = useWord();
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {word('field', name)}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        {isSplit(value) ? <Split parts={value} /> : textOf(value)}
      </Text>
    </>
  );
}

/** Where an amount goes, as a bar in parts and in words. */
function Split({ parts }: { readonly parts: readonly Part[] }) {
  const word = useWord();
  return (
    <>
      <Group gap={2} wrap="nowrap" my={4} aria-hidden>
        {parts.map(({ to, share }, index) => (
          <Box
            key={to}
            h={8}
            w={share}
            bg={index === 0 ? 'var(--ariane-calm)' : 'var(--ariane-late)'}
            style={{ borderRadius: 3 }}
          />
        ))}
      </Group>
      {parts.map(({ to, share }) => `${share} → ${word('field', to)}`).join(', ')}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
