import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { instantText } from '../../formats';
import { Actor } from '../../shell/names';
import { useHasRole, usePlace, useSession } from '../../shell/session-context';
import { Button, Failure, Facts, Group, Panel, Radio, Stack, Text, Textarea, TextInput, tell } from '../../ui';
import { EntryLink, Party } from './party';
import { DisputeMark } from './state-mark';
import type { Dispute } from './types';

const changes = ['/api/capitation/disputes', '/api/capitation/books'];

/** One dispute: what is contested and why, its answer, its decision. */
export function DisputePanel({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const isOver = dispute.state === 'UPHELD' || dispute.state === 'REJECTED';
  return (
    <Panel title={t('dispute.one')} actions={<DisputeMark state={dispute.state} />}>
      <Stack gap="md">
        <Facts
          rows={[
            [t('dispute.party'), <Party key="party" id={dispute.party} />],
            [t('dispute.raisedBy'), <Actor key="by" subject={dispute.raisedBy} />],
            [t('dispute.raised'), instantText(dispute.raisedAt, place.now, place)],
            [
              t('dispute.entry'),
              <EntryLink key="entry" id={dispute.entryId}>
                {t('dispute.toEntry')}
              </EntryLink>,
            ],
          ]}
        />
        <Words label={t('dispute.reason')} text={dispute.reason} />
        {dispute.answer === null ? null : <Words label={t('dispute.answer')} text={dispute.answer} />}
        {dispute.decidedBy === null ? null : (
          <Facts
            rows={[
              [t('dispute.decidedBy'), <Actor key="by" subject={dispute.decidedBy} />],
              [t('dispute.decidedAt'), instantText(dispute.decidedAt ?? '', place.now, place)],
              [
                t('dispute.delta'),
                dispute.deltaEntryId === null ? (
                  t('dispute.noDelta')
                ) : (
                  <EntryLink key="delta" id={dispute.deltaEntryId}>
                    {t('dispute.toDelta')}
                  </EntryLink>
                ),
              ],
            ]}
          />
        )}
        {isOver ? null : <Answer dispute={dispute} />}
        {isOver ? null : <Decide dispute={dispute} />}
      </Stack>
    </Panel>
  );
}

function Words({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </div>
  );
}

function Answer({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation('finance');
  const mayAnswer = useHasRole('finance', 'finance-approver');
  const [text, setText] = useState(dispute.answer ?? '');
  const answer = useCommand<string>({
    path: `/api/capitation/disputes/${dispute.id}/answers`,
    body: (input) => ({ answer: input }),
    changes,
    onDone: () => {
      tell(t('dispute.answered'));
    },
  });
  if (!mayAnswer) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate(text.trim());
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('dispute.yourAnswer')}
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          error={answer.error?.fields['answer']}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        {answer.error === null ? null : <Failure error={answer.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="light" loading={answer.isPending} disabled={text.trim().length < 3}>
            {t('dispute.sendAnswer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Decision {
  readonly outcome: 'UPHELD' | 'REJECTED';
  readonly amount?: string;
}

function Decide({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation('finance');
  const { person } = useSession();
  const isApprover = useHasRole('finance-approver');
  const [outcome, setOutcome] = useState<'UPHELD' | 'REJECTED'>('UPHELD');
  const [amount, setAmount] = useState('');
  const decide = useCommand<Decision>({
    path: `/api/capitation/disputes/${dispute.id}/decisions`,
    body: (input) => input,
    changes,
    onDone: () => {
      tell(t('dispute.decided'));
    },
  });
  if (!isApprover) return <Text size="sm">{t('dispute.whyRole')}</Text>;
  if (dispute.raisedBy === person.subject) return <Text size="sm">{t('dispute.whyRaised')}</Text>;
  const given = amount
    .trim()
    .replaceAll(/[\s\u00a0]/g, '')
    .replace(',', '.');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate(outcome === 'UPHELD' && given !== '' ? { outcome, amount: given } : { outcome });
      }}
    >
      <Stack gap="xs">
        <Radio.Group
          label={t('dispute.outcome')}
          value={outcome}
          onChange={(value) => {
            setOutcome(value === 'REJECTED' ? 'REJECTED' : 'UPHELD');
          }}
        >
          <Group mt={6}>
            <Radio value="UPHELD" label={t('dispute.UPHELD')} />
            <Radio value="REJECTED" label={t('dispute.REJECTED')} />
          </Group>
        </Radio.Group>
        {outcome === 'REJECTED' ? null : (
          <TextInput
            label={t('dispute.amount')}
            description={t('dispute.amountHint')}
            inputMode="decimal"
            value={amount}
            error={decide.error?.fields['amount']}
            onChange={(event) => {
              setAmount(event.currentTarget.value);
            }}
          />
        )}
        {decide.error === null ? null : <Failure error={decide.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={decide.isPending}>
            {t('dispute.decide')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
