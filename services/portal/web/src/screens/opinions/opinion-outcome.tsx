import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { instantText } from '../../formats';
import { fillDraft } from '../../shell/draft';
import { PersonName } from '../../shell/names';
import { usePlace, useSession } from '../../shell/session-context';
import { useCodeWord } from '../../shell/words';
import { Button, Facts, Group, Panel, StatusMark, Text } from '../../ui';
import { type Opinion, statusTones } from './opinion';
import { draftOf, splitQuestion } from './request-context';

/** What became of a request: the signed answer, or that there is none and what to do about it. */
export function OpinionOutcome({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const code = useCodeWord('opinions');
  const place = usePlace();
  const { practitionerId } = useSession();
  const { status, conclusion, opinion: text, givenAt, expertId, signedSha256, reason } = opinion;
  if (status === 'given') {
    return (
      <Panel
        title={t('outcome.title')}
        actions={<StatusMark tone="done">{code(`conclusion.${conclusion ?? ''}`, conclusion ?? '')}</StatusMark>}
      >
        <Text mb="md" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Text>
        <Facts
          rows={[
            [t('outcome.signedBy'), <PersonName key="by" id={expertId} />],
            givenAt === undefined ? undefined : [t('outcome.signedAt'), instantText(givenAt, place.now, place)],
            signedSha256 === undefined ? undefined : [t('outcome.seal'), signedSha256.slice(0, 16)],
          ]}
        />
      </Panel>
    );
  }
  return (
    <Panel
      title={t('outcome.none')}
      actions={<StatusMark tone={statusTones[status]}>{t(`status.${status}`)}</StatusMark>}
    >
      {reason === undefined ? null : (
        <Text size="sm" mb="sm">
          {t('outcome.reason', { reason: code(`reason.${reason}`, reason) })}
        </Text>
      )}
      {opinion.requesterId === practitionerId ? (
        <Group>
          <Button
            component={Link}
            to="/opinions/new"
            search={
              { pathway: opinion.pathwayId, step: opinion.stepKey } as never /* a screen without declared search */
            }
            onClick={() => {
              const { question } = splitQuestion(opinion.question);
              fillDraft(draftOf(opinion.pathwayId), { question, specialty: opinion.specialty });
            }}
          >
            {t('outcome.again')}
          </Button>
        </Group>
      ) : null}
    </Panel>
  );
}
