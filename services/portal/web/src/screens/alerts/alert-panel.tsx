import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { IdentityBanner, PersonName } from '../../shell/names';
import { Anchor, Facts, Panel, Stack, StatusMark, Text, Title } from '../../ui';
import { AlertActs } from '../care/alert-acts';
import { toneOfTier, useCareWords, useTimes } from '../care/care-words';
import { useSaySeen } from '../care/say-seen';
import { Ladder } from './ladder';

export interface AlertPanelProps {
  readonly alert: Alert;
  /** It has ended, or is out of one's hands for now. */
  readonly onDone: () => void;
}

/** One alert: what it says, whose it is, what may be done, to whom it climbs, and its life so far. */
export function AlertPanel({ alert, onDone }: AlertPanelProps) {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const times = useTimes();
  useSaySeen(alert.status === 'closed' ? undefined : alert);
  const { deferrals = [], formerOwners = [] } = alert;
  return (
    <Stack gap="sm">
      <IdentityBanner patientId={alert.patientId} />
      <Panel
        title={alert.text ?? words.alertReason(alert.reason)}
        actions={<StatusMark tone={toneOfTier[alert.tier]}>{words.tier(alert.tier)}</StatusMark>}
      >
        <Stack gap="md">
          <Facts
            rows={[
              [t('fact.why'), words.alertReason(alert.reason)],
              [t('fact.raised'), `${times.instant(alert.raisedAt)} (${times.far(alert.raisedAt)})`],
              [t('fact.owner'), <PersonName key="owner" id={alert.ownerId} />],
              alert.seenAt === undefined ? undefined : [t('fact.seen'), times.instant(alert.seenAt)],
              alert.acknowledgedAt === undefined
                ? undefined
                : [
                    t('fact.taken'),
                    <span key="taken">
                      <PersonName id={alert.acknowledgedBy} /> · {times.instant(alert.acknowledgedAt)}
                    </span>,
                  ],
              alert.signals < 2 ? undefined : [t('fact.signals'), t('signals', { count: alert.signals })],
              alert.heldBack === undefined ? undefined : [t('fact.heldBack'), t(`held.${alert.heldBack}`)],
              alert.bundledInto === undefined ? undefined : [t('fact.heldBack'), t('held.bundled')],
              alert.snoozedUntil === undefined
                ? undefined
                : [t('fact.snoozed'), t('until', { when: times.instant(alert.snoozedUntil) })],
              alert.closedAt === undefined
                ? undefined
                : [
                    t('fact.closed'),
                    `${times.instant(alert.closedAt)} · ${words.outcome(alert.outcome ?? alert.closedFor ?? '')}`,
                  ],
            ]}
          />
          {alert.status === 'closed' ? null : <AlertActs alert={alert} onDone={onDone} />}
          <Anchor component={Link} to={`/pathways/${alert.pathwayId}`} size="sm">
            {t('open')}
          </Anchor>
          {alert.status === 'closed' || alert.clock === undefined ? null : <Ladder alert={alert} />}
          {deferrals.length + formerOwners.length === 0 ? null : (
            <div>
              <Title order={3} size="h6" mb={4}>
                {t('life')}
              </Title>
              {formerOwners.map(({ ownerId, ownerRole, until, reason }) => (
                <Text key={`${until} ${ownerRole}`} size="sm" component="div">
                  {ownerId === undefined ? words.teamRole(ownerRole) : <PersonName id={ownerId} />} ·{' '}
                  {t('until', { when: times.instant(until) })} · {words.formerReason(reason)}
                </Text>
              ))}
              {deferrals.map(({ kind, by, reason, from, until }) => (
                <Text key={`${from} ${kind}`} size="sm" component="div">
                  {t(`deferral.${kind}`)} · <PersonName id={by} /> · {t('until', { when: times.instant(until) })} ·{' '}
                  {words.deferral(reason)}
                </Text>
              ))}
            </div>
          )}
        </Stack>
      </Panel>
    </Stack>
  );
}
