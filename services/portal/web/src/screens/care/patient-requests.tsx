import { useTranslation } from 'react-i18next';

import { paths } from '../../api/care';
import { useCommand, useRead } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { PersonName } from '../../shell/names';
import { useHasRole } from '../../shell/session-context';
import { Button, Failure, Group, Panel, Stack, StatusMark, Text, Textarea, tell } from '../../ui';
import { useTimes } from './care-words';

const ANSWER_LENGTH_MIN = 3;

interface PatientRequest {
  readonly id: string;
  readonly kind: 'correct' | 'meeting' | 'move' | 'reasons';
  /** In the patient's own words. */
  readonly text: string;
  readonly at: string;
  readonly dueAt: string;
  readonly taskId: string;
  readonly status: 'open' | 'done' | 'cancelled';
  readonly answer?: { readonly text: string; readonly by: string; readonly at: string };
}

export interface PatientRequestsProps {
  readonly pathwayId: string;
  /** Shows what is behind one task alone. */
  readonly taskId?: string;
  readonly onAnswered?: () => void;
}

/** What the patient has asked from their own page, in their words, and the one place where it is answered. */
export function PatientRequests({ pathwayId, taskId, onAnswered }: PatientRequestsProps) {
  const { t } = useTranslation('care');
  const read = useRead<{ readonly items: readonly PatientRequest[] }>(paths.requestsOf(pathwayId));
  const asked = (read.data?.items ?? []).filter((one) => taskId === undefined || one.taskId === taskId);
  if (asked.length === 0) return null;
  const lines = asked.map((one) => (
    <li key={one.id}>
      <RequestLine request={one} onAnswered={onAnswered} />
    </li>
  ));
  const list = (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {lines}
    </Stack>
  );
  return taskId === undefined ? <Panel title={t('request.title')}>{list}</Panel> : list;
}

interface RequestLineProps {
  readonly request: PatientRequest;
  readonly onAnswered: (() => void) | undefined;
}

function RequestLine({ request, onAnswered }: RequestLineProps) {
  const { t } = useTranslation('care');
  const times = useTimes();
  const mayAnswer = useHasRole('coordinator', 'requester', 'specialist', 'chair');
  const { kind, text, at, dueAt, status, answer } = request;
  const isOpen = status === 'open';
  return (
    <Stack gap={6}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={640}>
          {t(`request.${kind}`)}
        </Text>
        <StatusMark tone={isOpen ? 'waiting' : 'done'}>
          {isOpen ? t('request.before', { day: times.day(dueAt) }) : t('request.done')}
        </StatusMark>
      </Group>
      <Quote text={text} />
      <Text size="xs" c="dimmed">
        {t('request.at', { when: times.instant(at) })}
      </Text>
      {answer === undefined ? null : (
        <>
          <Quote text={answer.text} />
          <Text size="xs" c="dimmed">
            {t('request.answered', { when: times.instant(answer.at) })} <PersonName id={answer.by} />
          </Text>
        </>
      )}
      {isOpen && mayAnswer ? <AnswerForm request={request} onAnswered={onAnswered} /> : null}
    </Stack>
  );
}

function Quote({ text }: { readonly text: string }) {
  return (
    <Text
      component="blockquote"
      size="sm"
      m={0}
      pl="sm"
      style={{
        borderInlineStart: '3px solid var(--ariane-thread)',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      }}
    >
      {text}
    </Text>
  );
}

/** What is sent is what the patient reads, and the task is done. */
function AnswerForm({ request, onAnswered }: RequestLineProps) {
  const { t } = useTranslation('care');
  const draft = useDraft(`answer ${request.id}`, { text: '' });
  const answer = useCommand<string>({
    path: `/api/pathways/tasks/${request.taskId}/done`,
    body: (written) => ({ answer: written }),
    changes: ['/api/pathways'],
    onDone: () => {
      draft.clear();
      tell(t('request.sent'));
      onAnswered?.();
    },
  });
  const written = draft.value.text.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate(written);
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('request.yours')}
          description={t('request.hint')}
          autosize
          minRows={2}
          maxLength={2_000}
          value={draft.value.text}
          error={answer.error?.fields['answer']}
          onChange={(event) => {
            draft.change({ text: event.currentTarget.value });
          }}
        />
        {answer.error === null || answer.error.fields['answer'] !== undefined ? null : <Failure error={answer.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={answer.isPending} disabled={written.length < ANSWER_LENGTH_MIN}>
            {t('request.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
