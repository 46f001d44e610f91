import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useShortcuts } from '../../shell/shortcuts';
import { useCodeWord } from '../../shell/words';
import { Button, Failure, Group, Panel, Radio, Select, Stack, tell, Textarea } from '../../ui';
import { type Opinion, usualConclusions } from './opinion';
import { TEXT_MAX } from './request-context';

interface Answer {
  readonly conclusion: string;
  readonly text: string;
}
const EMPTY: Answer = { conclusion: '', text: '' };
const templates = ['favourable', 'conditions', 'reading', 'missing'] as const;

export interface AnswerFormProps {
  readonly opinion: Opinion;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
  readonly onAnswered: () => void;
}

/** The answer: a choice that the pathway understands, and words for people. Signed, it is final. */
export function AnswerForm({ opinion, readAtMs, onReadAgain, onAnswered }: AnswerFormProps) {
  const { t } = useTranslation('opinions');
  const text = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft<Answer>(`opinion/${opinion.id}`, EMPTY);
  const isTooOld = useIsTooOld(readAtMs);
  const answer = useCommand<Answer>({
    path: `/api/tele-expertise/opinion-requests/${opinion.id}/answer`,
    body: ({ conclusion, text: written }) => ({ conclusion, text: written.trim() }),
    changes: ['/api/tele-expertise', '/api/pathways'],
    onDone: () => {
      draft.clear();
      tell(t('answer.signed'));
      onAnswered();
    },
  });
  const { conclusion, text: written } = draft.value;
  const isComplete = conclusion !== '' && written.trim() !== '';
  const sign = (): void => {
    if (isComplete && !isTooOld && !answer.isPending) answer.mutate(draft.value);
  };
  useShortcuts([
    {
      keys: 'e',
      label: t('answer.write'),
      run: () => {
        text.current?.focus();
      },
    },
  ]);
  return (
    <Panel
      title={t('answer.title')}
      actions={
        <Templates
          onChoose={(more) => {
            draft.change({ text: joined(written, more) });
            text.current?.focus();
          }}
        />
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sign();
        }}
        onKeyDown={(event) => {
          if (isSignKey(event)) sign();
        }}
      >
        <Stack>
          <Conclusions
            opinion={opinion}
            value={conclusion}
            error={answer.error?.fields['conclusion']}
            onChange={(chosen) => {
              draft.change({ conclusion: chosen });
            }}
          />
          <Textarea
            ref={text}
            label={t('answer.text')}
            description={t('answer.textHelp')}
            required
            autosize
            minRows={4}
            maxLength={TEXT_MAX}
            value={written}
            error={answer.error?.fields['text']}
            onChange={(event) => {
              draft.change({ text: event.currentTarget.value });
            }}
          />
          {answer.error === null ? null : <Failure error={answer.error} />}
          <Group justify="space-between" align="center">
            <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
            <Button type="submit" loading={answer.isPending} disabled={!isComplete || isTooOld}>
              {t('answer.sign')} <kbd style={{ marginInlineStart: 8 }}>Ctrl ⏎</kbd>
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

const isSignKey = (event: KeyboardEvent): boolean => event.key === 'Enter' && (event.ctrlKey || event.metaKey);

const joined = (before: string, more: string): string => (before.trim() === '' ? more : `${before.trimEnd()}\n${more}`);

interface ConclusionsProps {
  readonly opinion: Opinion;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (conclusion: string) => void;
}

/** The answers that the pathway waits for, else the usual ones: one press of a digit takes one. */
function Conclusions({ opinion, value, error, onChange }: ConclusionsProps) {
  const { t } = useTranslation('opinions');
  const code = useCodeWord('opinions');
  const offered = opinion.conclusions ?? usualConclusions;
  useShortcuts(
    offered.map((one, index) => ({
      keys: String(index + 1),
      label: code(`conclusion.${one}`, one),
      run: () => {
        onChange(one);
      },
    })),
  );
  return (
    <Radio.Group
      label={t('answer.conclusion')}
      description={opinion.conclusions === undefined ? undefined : t('answer.conclusionHelp')}
      required
      value={value}
      error={error}
      onChange={onChange}
    >
      <Group mt={6} gap="md">
        {offered.map((one, index) => (
          <Radio
            key={one}
            value={one}
            label={
              <>
                {code(`conclusion.${one}`, one)} <kbd aria-hidden>{index + 1}</kbd>
              </>
            }
          />
        ))}
      </Group>
    </Radio.Group>
  );
}

function Templates({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const { t } = useTranslation('opinions');
  return (
    <Select
      size="xs"
      w={210}
      aria-label={t('template.title')}
      placeholder={t('template.title')}
      data={templates.map((one) => ({ value: one, label: t(`template.${one}`) }))}
      value={null}
      onChange={(value) => {
        const chosen = templates.find((one) => one === value);
        if (chosen !== undefined) onChoose(t(`templateText.${chosen}`));
      }}
    />
  );
}
