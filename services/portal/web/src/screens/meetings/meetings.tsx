import { Link } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page as Answer, useRead, withQuery } from '../../api/queries';
import { dayIn, dayText, timeText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { useWords } from '../../shell/words';
import {
  Anchor,
  Button,
  Empty,
  Group,
  Loaded,
  Page,
  Panel,
  SegmentedControl,
  SimpleGrid,
  Stack,
  StatusMark,
  Text,
} from '../../ui';
import { groupsOf, isHandled, type Meeting, type MeetingLine } from './meeting';
import { PlanMeetingDialog } from './plan-meeting-dialog';
import { WaitingCases } from './waiting-cases';

const DAY_MS = 86_400_000;
/** How far the list looks back and ahead. */
const spans = { near: [7, 14], month: [31, 31], season: [92, 92] } as const;
type Span = keyof typeof spans;
const MEETINGS_MAX = 200;

/** Meetings of today, to come and past, and the cases that wait for one. */
export function Meetings() {
  const { t } = useTranslation('meetings');
  const { now, timeZone } = usePlace();
  const [view, change] = useView();
  const [isPlanning, setPlanning] = useState(false);
  const mayPlan = useHasRole('meeting-secretary', 'coordinator', 'chair');
  const span: Span = view['span'] === 'month' || view['span'] === 'season' ? view['span'] : 'near';
  const [back, ahead] = spans[span];
  // Whole days, so that the same list is not another address each minute.
  const midnight = Date.parse(`${dayIn(now, timeZone)}T00:00:00Z`);
  const read = useRead<Answer<MeetingLine>>(
    withQuery('/api/meetings/meetings', {
      from: new Date(midnight - back * DAY_MS).toISOString(),
      to: new Date(midnight + ahead * DAY_MS).toISOString(),
      limit: MEETINGS_MAX,
    }),
  );
  return (
    <Page
      title={t('title')}
      actions={
        mayPlan ? (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => {
              setPlanning(true);
            }}
          >
            {t('plan.open')}
          </Button>
        ) : undefined
      }
    >
      <SegmentedControl
        aria-label={t('span.title')}
        value={span}
        onChange={(value) => {
          change({ span: value === 'near' ? undefined : value });
        }}
        data={(['near', 'month', 'season'] as const).map((value) => ({ value, label: t(`span.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <WaitingCases />
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('empty.title')}>{t('empty.text')}</Empty>
          ) : (
            <Stack gap="lg">
              {groupsOf(items, dayIn(now, timeZone)).map(({ group, meetings }) => (
                <Panel key={group} title={t(`group.${group}`)}>
                  <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
                    {meetings.map((meeting) => (
                      <MeetingCard key={meeting.id} meeting={meeting} />
                    ))}
                  </SimpleGrid>
                </Panel>
              ))}
            </Stack>
          )
        }
      </Loaded>
      {isPlanning ? (
        <PlanMeetingDialog
          onClose={() => {
            setPlanning(false);
          }}
        />
      ) : null}
    </Page>
  );
}

function MeetingCard({ meeting }: { readonly meeting: MeetingLine }) {
  const { t } = useTranslation('meetings');
  const words = useWords();
  const place = usePlace();
  const { id, meetingType, startsAt, requiredSpecialties } = meeting;
  return (
    <Stack gap={4} className="paper" p="sm">
      <Group justify="space-between" gap="xs">
        <Anchor component={Link} to={`/meetings/${id}`} fw={640}>
          {words.meetingType(meetingType)}
        </Anchor>
        <Text size="sm" className="numbers">
          {dayText(startsAt, place.now, place)} {timeText(startsAt, place)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {t(`place.${meeting.place === 'video' || meeting.place === 'on-site' ? meeting.place : 'hybrid'}`)} ·{' '}
        {requiredSpecialties.map(words.specialty).join(', ')}
      </Text>
      <CaseCount id={id} />
    </Stack>
  );
}

/** How much there is to do, and how much is done. */
function CaseCount({ id }: { readonly id: string }) {
  const { t } = useTranslation('meetings');
  const { data } = useRead<Meeting>(`/api/meetings/meetings/${id}`);
  if (data === undefined) return <Text size="xs">&nbsp;</Text>;
  const { agenda } = data;
  if (agenda.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('cases.none')}
      </Text>
    );
  }
  const left = agenda.filter((one) => !isHandled(one)).length;
  return (
    <Group gap={6}>
      <StatusMark tone={left === 0 ? 'done' : 'calm'}>{t('cases.count', { count: agenda.length })}</StatusMark>
      {left > 0 && left < agenda.length ? <Text size="xs">{t('cases.left', { count: left })}</Text> : null}
    </Group>
  );
}
