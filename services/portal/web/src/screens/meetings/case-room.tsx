import { useTranslation } from 'react-i18next';

import { IdentityBanner } from '../../shell/names';
import { Grid, Group, Notice, Panel, Stack, StatusMark, Text } from '../../ui';
import { CaseSynthesis } from './case-synthesis';
import { CaseTimer } from './case-timer';
import { DecisionForm } from './decision-form';
import { DecisionOutcome } from './decision-outcome';
import { isHandled, type Meeting, type MeetingCase } from './meeting';
import { PresencePanel } from './presence-panel';

export interface CaseRoomProps {
  readonly meeting: Meeting;
  readonly one: MeetingCase;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
  /** The case is decided or put off: on to the next. */
  readonly onHandled: () => void;
}

/** The case under discussion: whose it is, what is asked, who is there, what is decided. */
export function CaseRoom({ meeting, one, readAtMs, onReadAgain, onHandled }: CaseRoomProps) {
  return (
    <Stack gap="md">
      <IdentityBanner patientId={one.patientId} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, xl: 7 }}>
          <Stack gap="md">
            <CaseQuestion one={one} />
            {isHandled(one) ? (
              <DecisionOutcome meeting={meeting} one={one} />
            ) : (
              <DecisionForm
                meeting={meeting}
                one={one}
                readAtMs={readAtMs}
                onReadAgain={onReadAgain}
                onHandled={onHandled}
              />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, xl: 5 }}>
          <Stack gap="md">
            <PresencePanel meeting={meeting} one={one} />
            <CaseSynthesis one={one} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function CaseQuestion({ one }: { readonly one: MeetingCase }) {
  const { t } = useTranslation('meetings');
  const side = one.side === 'left' || one.side === 'right' ? one.side : 'bilateral';
  return (
    <Panel
      title={t('case.question')}
      actions={
        <Group gap="xs">
          {one.side === undefined ? null : <StatusMark tone="info">{t(`side.${side}`)}</StatusMark>}
          {isHandled(one) ? null : <CaseTimer caseId={one.id} />}
        </Group>
      }
    >
      <Text size="xl" fw={560} style={{ whiteSpace: 'pre-wrap', lineHeight: 1.35 }}>
        {one.question ?? t('case.noQuestion')}
      </Text>
      {one.deviation === undefined ? null : (
        <Notice color="yellow" mt="sm" title={t('case.deviation')} styles={{ title: { color: 'var(--ariane-ink)' } }}>
          {t('case.deviationText')}
        </Notice>
      )}
    </Panel>
  );
}
