import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePersonNamed } from '../../api/names';
import { useCommand } from '../../api/queries';
import { PersonSelect } from '../../shell/person-select';
import { useHasRole } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Button, Failure, Group, Panel, SegmentedControl, Stack, Text } from '../../ui';
import { type Mode, modes } from './decision-codes';
import { type Attendance, everPresent, isHandled, type Meeting, type MeetingCase, withMode } from './meeting';
import { QuorumSeats } from './quorum-seats';

export interface PresencePanelProps {
  readonly meeting: Meeting;
  readonly one: MeetingCase;
}

/** Who takes part in the discussion of this case, and whether that makes a quorum: it follows each change at once. */
export function PresencePanel({ meeting, one }: PresencePanelProps) {
  const { t } = useTranslation('meetings');
  const record = useAttendance(one.id);
  const [added, setAdded] = useState<readonly string[]>([]);
  const mayRecord = useHasRole('meeting-secretary', 'chair', 'coordinator', 'specialist') && !isHandled(one);
  // What is being sent is shown already; a refusal brings back what stands.
  const attendance = (record.isPending ? record.variables : one.attendance) ?? [];
  const people = [...new Set([...everPresent(meeting.agenda), ...attendance.map((of) => of.practitionerId), ...added])];
  const former = formerOf(meeting.agenda, one.id);
  return (
    <Panel
      title={t('presence.title')}
      actions={
        mayRecord && attendance.length === 0 && former !== undefined ? (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              record.mutate(former);
            }}
          >
            {t('presence.same')}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="sm">
        {one.quorum === undefined ? null : <QuorumSeats required={meeting.requiredSpecialties} quorum={one.quorum} />}
        {people.map((id) => (
          <PersonRow
            key={id}
            id={id}
            specialty={one.quorum?.participants.find((of) => of.practitionerId === id)?.specialty}
            mode={attendance.find((of) => of.practitionerId === id)?.mode}
            isReadOnly={!mayRecord}
            onChange={(mode) => {
              record.mutate(withMode(attendance, id, mode));
            }}
          />
        ))}
        {people.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('presence.nobody')}
          </Text>
        ) : null}
        {mayRecord ? (
          <PersonSelect
            label={t('presence.add')}
            value={undefined}
            without={people}
            onChange={(id) => {
              if (id === undefined) return;
              setAdded([...added, id]);
              record.mutate(withMode(attendance, id, 'present'));
            }}
          />
        ) : null}
        {record.error === null ? null : <Failure error={record.error} />}
      </Stack>
    </Panel>
  );
}

/** Records who is there for one case, in the place of what was recorded before. */
export const useAttendance = (caseId: string) =>
  useCommand<Attendance>({
    path: `/api/meetings/cases/${caseId}/attendance`,
    body: (attendees) => ({ attendees }),
    changes: ['/api/meetings'],
  });

/** Who was there for the case before: they mostly stay in the room. */
function formerOf(agenda: readonly MeetingCase[], id: string): Attendance | undefined {
  const before = agenda.slice(
    0,
    agenda.findIndex((one) => one.id === id),
  );
  return before.findLast(({ attendance = [] }) => attendance.length > 0)?.attendance;
}

interface PersonRowProps {
  readonly id: string;
  readonly specialty: string | undefined;
  readonly mode: Mode | undefined;
  readonly isReadOnly: boolean;
  readonly onChange: (mode: Mode | undefined) => void;
}

function PersonRow({ id, specialty, mode, isReadOnly, onChange }: PersonRowProps) {
  const { t } = useTranslation('meetings');
  const words = useWords();
  const person = usePersonNamed(id);
  const name = person?.name ?? '…';
  const counted = specialty ?? person?.specialty;
  return (
    <Group justify="space-between" gap={6}>
      <div>
        <Text size="sm" fw={mode === undefined ? 400 : 600}>
          {name}
        </Text>
        {counted === undefined ? null : (
          <Text size="xs" c="dimmed">
            {words.specialty(counted)}
          </Text>
        )}
      </div>
      {isReadOnly ? (
        <Text size="sm">{t(`mode.${mode ?? 'absent'}`)}</Text>
      ) : (
        <SegmentedControl
          size="xs"
          aria-label={t('presence.of', { name })}
          value={mode ?? 'absent'}
          data={(['absent', ...modes] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
          onChange={(value) => {
            onChange(modes.find((known) => known === value));
          }}
        />
      )}
    </Group>
  );
}
