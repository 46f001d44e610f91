import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { dayText, timeText } from '../../formats';
import { IdentityBanner, PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Button, List, Loaded, Page, Panel, Stack, Text } from '../../ui';
import { usePathIds } from '../screen-route';
import { DecisionFacts } from './decision-outcome';
import type { Meeting, MeetingCase } from './meeting';

/** The sheet of one case, to print and to send to the general practitioner. */
export function CaseSheet() {
  const { t } = useTranslation('meetings');
  const { meetingId = '', caseId = '' } = usePathIds();
  const meeting = useRead<Meeting>(`/api/meetings/meetings/${meetingId}`);
  const read = useRead<MeetingCase>(`/api/meetings/cases/${caseId}`);
  return (
    <Page
      title={t('sheet.title')}
      lead={meeting.data === undefined ? undefined : <Where meeting={meeting.data} />}
      actions={
        <>
          <Button component={Link} to={`/meetings/${meetingId}`} variant="default">
            {t('sheet.back')}
          </Button>
          <Button
            onClick={() => {
              window.print();
            }}
          >
            {t('sheet.print')}
          </Button>
        </>
      }
    >
      <Loaded read={read}>{(one) => <Sheet one={one} />}</Loaded>
    </Page>
  );
}

function Where({ meeting }: { readonly meeting: Meeting }) {
  const words = useWords();
  const place = usePlace();
  const { meetingType, startsAt } = meeting;
  return (
    <>
      {words.meetingType(meetingType)} · {dayText(startsAt, place.now, place)} {timeText(startsAt, place)}
    </>
  );
}

function Sheet({ one }: { readonly one: MeetingCase }) {
  const { t } = useTranslation('meetings');
  const words = useWords();
  return (
    <Stack gap="md" maw="52rem">
      <IdentityBanner patientId={one.patientId} />
      <Panel title={t('case.question')}>
        <Text style={{ whiteSpace: 'pre-wrap' }}>{one.question ?? t('case.noQuestion')}</Text>
      </Panel>
      <Panel title={t('presence.title')}>
        <List size="sm" withPadding>
          {(one.quorum?.participants ?? []).map(({ practitionerId, specialty, mode }) => (
            <List.Item key={practitionerId}>
              <PersonName id={practitionerId} />, {words.specialty(specialty)} ({t(`mode.${mode}`)})
            </List.Item>
          ))}
        </List>
      </Panel>
      <Panel title={t('outcome.decided')}>
        {one.status === 'decided' ? <DecisionFacts one={one} /> : <Text size="sm">{t('sheet.undecided')}</Text>}
      </Panel>
    </Stack>
  );
}
