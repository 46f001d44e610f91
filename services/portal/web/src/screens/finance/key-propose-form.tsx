import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Button, DateInput, Failure, Group, Panel, Stack, Text, Textarea, TextInput, tell } from '../../ui';

const DAY_MS = 86_400_000;
const VOTE_DAYS = 14;

interface Weight {
  readonly id: string;
  readonly weight: string;
}

interface Proposal {
  readonly id: string;
  readonly from: string;
  readonly closesAt: string;
  readonly reason: string;
  readonly weights: readonly Weight[];
}

/** Proposes weights to the team: they vote, and nothing that was earned before is shared anew. */
export function KeyProposeForm({ path }: { readonly path: string }) {
  const { t } = useTranslation('finance');
  const { now } = usePlace();
  const inDays = (days: number): string => new Date(Date.parse(now) + days * DAY_MS).toISOString().slice(0, 10);
  const [id] = useState(() => crypto.randomUUID());
  const [from, setFrom] = useState<string | null>(() => inDays(VOTE_DAYS + 2));
  const [closes, setCloses] = useState<string | null>(() => inDays(VOTE_DAYS));
  const [reason, setReason] = useState('');
  const [weights, setWeights] = useState<readonly Weight[]>([{ id: 'others', weight: '1' }]);
  const propose = useCommand<Proposal>({
    path: `${path}/proposals`,
    body: (input) => input,
    changes: ['/api/capitation/payment-contracts'],
    onDone: () => {
      tell(t('key.proposed'));
    },
  });
  const fields = propose.error?.fields ?? {};
  return (
    <Panel title={t('key.propose')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (from === null || closes === null) return;
          propose.mutate({ id, from, closesAt: `${closes}T18:00:00Z`, reason: reason.trim(), weights });
        }}
      >
        <Stack gap="sm">
          <Textarea
            label={t('key.reason')}
            required
            autosize
            minRows={2}
            value={reason}
            error={fields['reason']}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Group align="flex-start">
            <DateInput
              label={t('key.closesAt')}
              valueFormat="DD/MM/YYYY"
              value={closes}
              error={fields['closesAt']}
              onChange={setCloses}
            />
            <DateInput
              label={t('key.from')}
              valueFormat="DD/MM/YYYY"
              value={from}
              error={fields['from']}
              onChange={setFrom}
            />
          </Group>
          <Text size="sm" fw={600}>
            {t('key.weights')}
          </Text>
          <WeightFields weights={weights} errors={fields} onChange={setWeights} />
          {propose.error === null ? null : <Failure error={propose.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={propose.isPending} disabled={reason.trim().length < 3}>
              {t('key.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

interface WeightFieldsProps {
  readonly weights: readonly Weight[];
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (weights: readonly Weight[]) => void;
}

function WeightFields({ weights, errors, onChange }: WeightFieldsProps) {
  const { t } = useTranslation('finance');
  const change = (index: number, changes: Partial<Weight>): void => {
    onChange(weights.map((one, at) => (at === index ? { ...one, ...changes } : one)));
  };
  return (
    <>
      {weights.map((one, index) => (
        <Group key={index} align="flex-start">
          <TextInput
            aria-label={t('key.whoNumber', { number: index + 1 })}
            value={one.id}
            error={errors[`weights.${String(index)}`]}
            onChange={(event) => {
              change(index, { id: event.currentTarget.value });
            }}
          />
          <TextInput
            aria-label={t('key.weightNumber', { number: index + 1 })}
            w={90}
            inputMode="decimal"
            value={one.weight}
            onChange={(event) => {
              change(index, { weight: event.currentTarget.value.replace(',', '.') });
            }}
          />
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={weights.length === 1}
            aria-label={t('key.removeNumber', { number: index + 1 })}
            onClick={() => {
              onChange(weights.filter((_, at) => at !== index));
            }}
          >
            {t('key.remove')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            onChange([...weights, { id: '', weight: '1' }]);
          }}
        >
          {t('key.add')}
        </Button>
      </Group>
    </>
  );
}
