import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayRead } from '../../shell/context-parts';
import { useDraft } from '../../shell/draft';
import { usePathwayContext } from '../../shell/pathway-context';
import { usePlace } from '../../shell/session-context';
import { Button, Failure, Grid, Group, Panel, Select, Stack, Text, Textarea } from '../../ui';
import { draftOf, questionWith, TEXT_MAX } from './request-context';
import { RequestContext } from './request-context-panel';
import { RequestTarget, type Target } from './request-target';
import { Urgency } from './urgency';
import { dueAt, stepsOf, useAsk, type Within } from './use-ask';

interface Asked extends Target {
  readonly question: string;
  readonly stepKey: string;
  readonly within: Within;
  /** Parts of the file that do not go along. */
  readonly left: readonly string[];
}
const EMPTY: Asked = {
  question: '',
  stepKey: '',
  within: 'routine',
  left: [],
  specialty: undefined,
  expertId: undefined,
};

export interface RequestFormProps {
  readonly pathway: PathwayRead;
  readonly requesterId: string;
  readonly step: string | undefined;
}

/** One question first; what is brought along is seen, and each part of it can be left out. */
export function RequestForm({ pathway, requesterId, step }: RequestFormProps) {
  const { t: word } = useTranslation('words');
  const { now } = usePlace();
  const { value, change, clear } = useDraft<Asked>(draftOf(pathway.id), EMPTY);
  const [requestId] = useState(() => crypto.randomUUID());
  const parts = usePathwayContext(pathway.id) ?? [];
  const ask = useAsk(clear);
  const { question, specialty, expertId, within, left } = value;
  const stepKey = value.stepKey === '' ? (step ?? stepsOf(pathway)[0]?.value ?? '') : value.stepKey;
  const brought = parts.filter(({ id }) => !left.includes(id));
  const text = questionWith(
    question,
    brought.map(({ id, lines }) => ({ title: word(`context.${id}`), lines })),
  );
  const isReady = question.trim() !== '' && specialty !== undefined && stepKey !== '' && text.length <= TEXT_MAX;
  const canSend = isReady && within !== 'life-threatening';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!canSend) return;
        const ids = { requestId, pathwayId: pathway.id, patientId: pathway.patientId, stepKey, requesterId };
        const urgency = within === 'urgent' ? 'urgent' : 'routine';
        ask.mutate({ ...ids, question: text, specialty, expertId, urgency, dueAt: dueAt(now, within) });
      }}
    >
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <QuestionPanel
            value={{ ...value, stepKey }}
            steps={stepsOf(pathway)}
            length={text.length}
            requesterId={requesterId}
            ask={ask}
            canSend={canSend}
            onChange={change}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <RequestContext
            parts={parts}
            left={left}
            onChange={(without) => {
              change({ left: without });
            }}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}

interface QuestionPanelProps {
  readonly value: Asked;
  readonly steps: { value: string; label: string }[];
  readonly length: number;
  readonly requesterId: string;
  readonly ask: ReturnType<typeof useAsk>;
  readonly canSend: boolean;
  readonly onChange: (changes: Partial<Asked>) => void;
}

function QuestionPanel({ value, steps, length, requesterId, ask, canSend, onChange }: QuestionPanelProps) {
  const { t } = useTranslation('opinions');
  const over = length - TEXT_MAX;
  return (
    <Panel title={t('question')}>
      <Stack>
        <Textarea
          label={t('new.question')}
          description={t('new.questionHelp')}
          required
          autosize
          minRows={3}
          value={value.question}
          error={over > 0 ? t('new.tooLong', { count: over }) : ask.error?.fields['question']}
          onChange={(event) => {
            onChange({ question: event.currentTarget.value });
          }}
        />
        <RequestTarget target={value} requesterId={requesterId} problem={ask.error} onChange={onChange} />
        <Urgency
          value={value.within}
          onChange={(within) => {
            onChange({ within });
          }}
        />
        <Select
          label={t('new.step')}
          data={steps}
          value={value.stepKey}
          allowDeselect={false}
          searchable
          error={ask.error?.fields['stepKey']}
          onChange={(stepKey) => {
            onChange({ stepKey: stepKey ?? '' });
          }}
        />
        {ask.error === null ? null : <Failure error={ask.error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed" className="numbers">
            {t('new.length', { count: length, max: TEXT_MAX })}
          </Text>
          <Button type="submit" loading={ask.isPending} disabled={!canSend}>
            {t('new.send')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
