import { useTranslation } from 'react-i18next';

import { usePersonNamed } from '../../api/names';
import { useCommand } from '../../api/queries';
import { timeText } from '../../formats';
import { useDraft } from '../../shell/draft';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useHasRole, usePlace, useSession } from '../../shell/session-context';
import { Button, Failure, Group, Notice, Panel, Stack, tell, Text } from '../../ui';
import { DecisionChoice } from './decision-choice';
import { type Decision, EMPTY_DECISION, isComplete } from './decision-draft';
import { DecisionDetails } from './decision-details';
import { DeferButton } from './defer-button';
import { decisionText, type Meeting, type MeetingCase, withMode } from './meeting';
import { useAttendance } from './presence-panel';

export interface DecisionFormProps {
  readonly meeting: Meeting;
  readonly one: MeetingCase;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
  readonly onHandled: () => void;
}

/** The decision, signed by who is signed in: on the version that was read, and not on a screen too old. */
export function DecisionForm({ meeting, one, readAtMs, onReadAgain, onHandled }: DecisionFormProps) {
  const { t } = useTranslation('meetings');
  const draft = useDraft<Decision>(`decision/${one.id}`, EMPTY_DECISION);
  const responsible = usePersonNamed(draft.value.responsibleId)?.name ?? '';
  const isTooOld = useIsTooOld(readAtMs);
  const decide = useCommand<Decision>({
    path: `/api/meetings/cases/${one.id}/decision`,
    body: (decision) =>
      bodyOf(
        decision,
        decisionText(
          { ...decision, responsible },
          {
            delay: t('form.delay'),
            responsible: t('form.responsible'),
            reserve: t('form.reserve'),
          },
        ),
      ),
    ifMatch: () => one.version,
    changes: ['/api/meetings', '/api/pathways'],
    onDone: () => {
      draft.clear();
      tell(t('form.signed'));
      onHandled();
    },
  });
  const obstacle = useObstacle(meeting, one, draft.value);
  const canSign = obstacle === undefined && isComplete(draft.value, one.side) && !isTooOld;
  return (
    <Panel title={t('form.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canSign && !decide.isPending) decide.mutate(draft.value);
        }}
      >
        <Stack>
          <DecisionChoice value={draft.value} side={one.side} problem={decide.error} onChange={draft.change} />
          <DecisionDetails value={draft.value} problem={decide.error} onChange={draft.change} />
          {obstacle === undefined ? null : <Obstacle obstacle={obstacle} one={one} startsAt={meeting.startsAt} />}
          {decide.error === null ? null : <Failure error={decide.error} />}
          <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
          <Group justify="space-between">
            <DeferButton one={one} onHandled={onHandled} />
            <Button type="submit" loading={decide.isPending} disabled={!canSign}>
              {t('form.sign')} <kbd style={{ marginInlineStart: 8 }}>⏎</kbd>
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function bodyOf(decision: Decision, text: string | undefined): object {
  const { kind, orientation, side, reference, referenceVersion, conforms, justification } = decision;
  const conformity =
    reference.trim() === ''
      ? undefined
      : {
          ...{ reference: reference.trim(), version: referenceVersion.trim(), conforms },
          ...(justification.trim() === '' ? {} : { justification: justification.trim() }),
        };
  return { decision: kind, orientation, side: side === '' ? undefined : side, text, conformity };
}

type ObstacleKind = 'early' | 'role' | 'quorum' | 'absent';

/** What keeps a decision from being valid. The discussion goes on all the same. */
function useObstacle(meeting: Meeting, one: MeetingCase, { kind }: Decision): ObstacleKind | undefined {
  const { now } = usePlace();
  const { practitionerId } = useSession();
  const signs = useHasRole('chair', 'specialist', 'requester') && practitionerId !== undefined;
  if (now < meeting.startsAt) return 'early';
  if (!signs) return 'role';
  // A registration that conforms to the reference replaces the discussion.
  if (kind === 'REGISTERED_STANDARD') return undefined;
  if (one.quorum?.met !== true) return 'quorum';
  const mine = one.attendance?.find((of) => of.practitionerId === practitionerId);
  return mine === undefined || mine.mode === 'written' ? 'absent' : undefined;
}

interface ObstacleProps {
  readonly obstacle: ObstacleKind;
  readonly one: MeetingCase;
  readonly startsAt: string;
}

function Obstacle({ obstacle, one, startsAt }: ObstacleProps) {
  const { t } = useTranslation('meetings');
  const place = usePlace();
  const { practitionerId } = useSession();
  const record = useAttendance(one.id);
  return (
    <Notice color="yellow" title={t(`obstacle.${obstacle}`)} styles={{ title: { color: 'var(--ariane-ink)' } }}>
      <Group justify="space-between">
        <Text size="sm">{t(`obstacleText.${obstacle}`, { time: timeText(startsAt, place) })}</Text>
        {obstacle === 'absent' && practitionerId !== undefined ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={record.isPending}
            onClick={() => {
              record.mutate(withMode(one.attendance ?? [], practitionerId, 'present'));
            }}
          >
            {t('presence.me')}
          </Button>
        ) : null}
      </Group>
    </Notice>
  );
}
