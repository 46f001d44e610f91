import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { instantText } from '../../formats';
import { IdentityBanner, PersonName } from '../../shell/names';
import { usePlace, useSession } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Facts, Grid, Group, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { AnswerForm } from './answer-form';
import { ExpertActions } from './expert-actions';
import { isOpen, type Opinion, statusTones } from './opinion';
import { OpinionClock } from './opinion-clock';
import { OpinionContext } from './opinion-context';
import { OpinionOutcome } from './opinion-outcome';
import { splitQuestion } from './request-context';
import { RequesterActions } from './requester-actions';

export interface OpinionDetailProps {
  readonly id: string;
  readonly onAnswered: () => void;
}

/** One request: the question first, what it rests on beside it, and what one may do. */
export function OpinionDetail({ id, onAnswered }: OpinionDetailProps) {
  const read = useRead<Opinion>(`/api/tele-expertise/opinion-requests/${id}`);
  return (
    <Loaded read={read}>
      {(opinion) => (
        <Stack gap="md">
          <IdentityBanner patientId={opinion.patientId} />
          <Grid gap="md">
            <Grid.Col span={{ base: 12, xl: 7 }}>
              <Stack gap="md">
                <Question opinion={opinion} />
                <OpinionWork
                  opinion={opinion}
                  readAtMs={read.dataUpdatedAt}
                  onReadAgain={() => void read.refetch()}
                  onAnswered={onAnswered}
                />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, xl: 5 }}>
              <OpinionContext opinion={opinion} />
            </Grid.Col>
          </Grid>
        </Stack>
      )}
    </Loaded>
  );
}

function Question({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const words = useWords();
  const place = usePlace();
  const { question } = splitQuestion(opinion.question);
  const { specialty, urgency, status, requesterId, expertId, requestedAt } = opinion;
  return (
    <Panel
      title={t('question')}
      actions={
        isOpen(opinion) ? (
          <OpinionClock line={opinion} isLong />
        ) : (
          <StatusMark tone={statusTones[status]}>{t(`status.${status}`)}</StatusMark>
        )
      }
    >
      <Text size="xl" fw={560} mb="md" style={{ whiteSpace: 'pre-wrap', lineHeight: 1.35 }}>
        {question}
      </Text>
      <Facts
        rows={[
          [t('fact.askedBy'), <PersonName key="by" id={requesterId} />],
          [t('fact.askedOf'), <AskedOf key="of" expertId={expertId} specialty={words.specialty(specialty)} />],
          [t('fact.askedAt'), instantText(requestedAt, place.now, place)],
          urgency === 'urgent'
            ? [
                t('fact.urgency'),
                <StatusMark key="urgency" tone="urgent">
                  {t('urgency.urgent')}
                </StatusMark>,
              ]
            : undefined,
        ]}
      />
    </Panel>
  );
}

function AskedOf({ expertId, specialty }: { readonly expertId: string; readonly specialty: string }) {
  return (
    <Group gap={4} component="span">
      <PersonName id={expertId} /> · {specialty}
    </Group>
  );
}

interface OpinionWorkProps {
  readonly opinion: Opinion;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
  readonly onAnswered: () => void;
}

/** What one may do: answer as the expert, follow or take back as who asked; what was answered once it is. */
function OpinionWork({ opinion, readAtMs, onReadAgain, onAnswered }: OpinionWorkProps) {
  const { practitionerId } = useSession();
  if (!isOpen(opinion)) return <OpinionOutcome opinion={opinion} />;
  if (opinion.expertId !== practitionerId) return <RequesterActions opinion={opinion} />;
  return (
    <>
      <ExpertActions opinion={opinion} />
      <AnswerForm opinion={opinion} readAtMs={readAtMs} onReadAgain={onReadAgain} onAnswered={onAnswered} />
    </>
  );
}
