import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import { useCodeWord } from '../../shell/words';
import { Group, Radio, Select, SimpleGrid } from '../../ui';
import { decisionKinds, orientationsOf, sides } from './decision-codes';
import { type Decision, withKind } from './decision-draft';

export interface DecisionPartProps {
  readonly value: Decision;
  readonly problem: Problem | null;
  readonly onChange: (changes: Partial<Decision>) => void;
}

/** The codes: the kind of decision, where treatment goes from here, and the side where the organ is paired. */
export function DecisionChoice({
  value,
  side,
  problem,
  onChange,
}: DecisionPartProps & { readonly side: string | undefined }) {
  const { t } = useTranslation('meetings');
  const code = useCodeWord('meetings');
  const orientations: readonly string[] = value.kind === '' ? [] : orientationsOf[value.kind];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Select
          label={t('form.decision')}
          required
          searchable
          data={decisionKinds.map((kind) => ({ value: kind, label: t(`decision.${kind}`) }))}
          value={value.kind === '' ? null : value.kind}
          error={problem?.fields['decision']}
          onChange={(chosen) => {
            const kind = decisionKinds.find((known) => known === chosen);
            if (kind !== undefined) onChange(withKind(kind, value.orientation));
          }}
        />
        <Select
          label={t('form.orientation')}
          required
          searchable
          disabled={orientations.length === 0}
          data={orientations.map((one) => ({ value: one, label: code(`orientation.${one}`, one) }))}
          value={value.orientation === '' ? null : value.orientation}
          error={problem?.fields['orientation']}
          onChange={(chosen) => {
            onChange({ orientation: chosen ?? '' });
          }}
        />
      </SimpleGrid>
      {side === undefined ? null : (
        <Radio.Group
          label={t('form.side')}
          description={t('form.sideHelp')}
          required
          value={value.side}
          error={problem?.fields['side']}
          onChange={(chosen) => {
            onChange({ side: chosen });
          }}
        >
          <Group mt={6}>
            {sides.map((one) => (
              <Radio key={one} value={one} label={t(`side.${one}`)} />
            ))}
          </Group>
        </Radio.Group>
      )}
    </>
  );
}
