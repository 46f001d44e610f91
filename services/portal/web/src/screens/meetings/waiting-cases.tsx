import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { PatientName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Group, List, Panel, StatusMark, Text } from '../../ui';
import type { MeetingCase } from './meeting';

/** Cases that no meeting is planned for yet: they are put on the first one that is. */
export function WaitingCases() {
  const { t } = useTranslation('meetings');
  const words = useWords();
  const place = usePlace();
  const { data } = useRead<Page<MeetingCase>>('/api/meetings/cases?status=waiting&limit=50');
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Panel
      title={t('waiting.title')}
      actions={<StatusMark tone="late">{t('cases.count', { count: data.items.length })}</StatusMark>}
    >
      <Text size="sm" c="dimmed" mb="xs">
        {t('waiting.text')}
      </Text>
      <List size="sm" spacing={4} listStyleType="none">
        {data.items.map(({ id, patientId, meetingType, latest }) => (
          <List.Item key={id}>
            <Group gap="xs">
              <PatientName id={patientId} />
              <Text span size="sm" c="dimmed">
                {words.meetingType(meetingType)}
                {latest === undefined ? '' : ` · ${t('waiting.before', { day: dayText(latest, place.now, place) })}`}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
