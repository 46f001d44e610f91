import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { instantText } from '../../formats';
import { PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useCodeWord } from '../../shell/words';
import { Button, Facts, Panel, StatusMark, Text } from '../../ui';
import { caseTones, type Meeting, type MeetingCase } from './meeting';

/** What the meeting decided, as it was signed; or why it did not. */
export function DecisionOutcome({ meeting, one }: { readonly meeting: Meeting; readonly one: MeetingCase }) {
  const { t } = useTranslation('meetings');
  const code = useCodeWord('meetings');
  return (
    <Panel
      title={t(one.status === 'decided' ? 'outcome.decided' : 'outcome.none')}
      actions={<StatusMark tone={caseTones[one.status]}>{t(`status.${one.status}`)}</StatusMark>}
    >
      {one.reason === undefined ? null : <Text size="sm">{code(`deferral.${one.reason}`, one.reason)}</Text>}
      {one.status === 'decided' ? (
        <>
          <DecisionFacts one={one} />
          <Button component={Link} to={`/meetings/${meeting.id}/sheets/${one.id}`} variant="default" mt="md">
            {t('outcome.sheet')}
          </Button>
        </>
      ) : null}
    </Panel>
  );
}

/** The signed content, field by field. */
export function DecisionFacts({ one }: { readonly one: MeetingCase }) {
  const { t } = useTranslation('meetings');
  const code = useCodeWord('meetings');
  const place = usePlace();
  const { decision = '', orientation = '', decidedSide, text, conformity, signedBy, decidedAt, signedSha256 } = one;
  return (
    <Facts
      rows={[
        [t('form.decision'), code(`decision.${decision}`, decision)],
        [t('form.orientation'), code(`orientation.${orientation}`, orientation)],
        decidedSide === undefined ? undefined : [t('form.side'), code(`side.${decidedSide}`, decidedSide)],
        text
          ? [
              t('form.text'),
              <span key="text" style={{ whiteSpace: 'pre-wrap' }}>
                {text}
              </span>,
            ]
          : undefined,
        conformity
          ? [
              t('form.reference'),
              `${conformity.reference} ${conformity.version} · ${t(conformity.conforms ? 'outcome.conforms' : 'outcome.departs')}`,
            ]
          : undefined,
        conformity?.justification ? [t('form.justification'), conformity.justification] : undefined,
        [t('outcome.signedBy'), <PersonName key="by" id={signedBy} />],
        decidedAt === undefined ? undefined : [t('outcome.signedAt'), instantText(decidedAt, place.now, place)],
        signedSha256 === undefined ? undefined : [t('outcome.seal'), signedSha256.slice(0, 16)],
      ]}
    />
  );
}
