import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { PersonSelect } from '../../shell/person-select';
import { useHasRole, usePlace, useSession } from '../../shell/session-context';
import { Button, DateInput, Failure, Group, Modal, Stack, tell, Text } from '../../ui';
import { uncoveredBy } from './duty-grid';
import { Gaps } from './leave-panel';
import type { Leave, Roster } from './team-types';

interface Declared {
  readonly practitionerId: string | undefined;
  readonly from: string | null;
  readonly until: string | null;
  readonly deputyId: string | undefined;
}
const EMPTY: Declared = { practitionerId: undefined, from: null, until: null, deputyId: undefined };

export interface LeaveDialogProps {
  readonly rosters: readonly Roster[];
  readonly leaves: readonly Leave[];
  readonly onClose: () => void;
}

/** Declares a leave; what it would leave uncovered is seen before it is said. */
export function LeaveDialog({ rosters, leaves, onClose }: LeaveDialogProps) {
  const { t } = useTranslation('team');
  const { timeZone } = usePlace();
  const session = useSession();
  const isForOthers = useHasRole('coordinator', 'territory-administrator');
  const [leaveId] = useState(() => crypto.randomUUID());
  const { value, change, clear } = useDraft<Declared>('new-leave', EMPTY);
  const practitionerId = isForOthers ? (value.practitionerId ?? session.practitionerId) : session.practitionerId;
  const { from, until, deputyId } = value;
  const declare = useCommand<object>({
    path: '/api/scheduling/leaves',
    body: (leave) => leave,
    changes: ['/api/scheduling', '/api/pathways'],
    onDone: () => {
      clear();
      onClose();
      tell(t('leave.declared'));
    },
  });
  const order = from !== null && until !== null && until < from ? t('leave.order') : undefined;
  const leave =
    practitionerId === undefined || from === null || until === null || order !== undefined
      ? undefined
      : { leaveId, practitionerId, from, until, ...(deputyId === undefined ? {} : { deputyId }) };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('leave.declare')}
      centered
      closeButtonProps={{ 'aria-label': t('leave.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (leave !== undefined) declare.mutate({ ...leave, timeZone });
        }}
      >
        <Stack>
          <LeaveFields
            value={{ ...value, practitionerId }}
            isForOthers={isForOthers}
            fields={{ ...declare.error?.fields, ...(order === undefined ? {} : { until: order }) }}
            onChange={change}
          />
          {leave === undefined ? null : (
            <div aria-live="polite">
              <Text size="sm" fw={600} mb={4}>
                {t('leave.gaps')}
              </Text>
              <Gaps gaps={uncoveredBy(leave, rosters, leaves)} />
            </div>
          )}
          {declare.error === null ? null : <Failure error={declare.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leave.cancel')}
            </Button>
            <Button type="submit" loading={declare.isPending} disabled={leave === undefined}>
              {t('leave.declare')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface LeaveFieldsProps {
  readonly value: Declared;
  readonly isForOthers: boolean;
  /** What is wrong, by field. */
  readonly fields: Readonly<Record<string, string>>;
  readonly onChange: (changes: Partial<Declared>) => void;
}

function LeaveFields({ value, isForOthers, fields, onChange }: LeaveFieldsProps) {
  const { t } = useTranslation('team');
  return (
    <>
      {isForOthers ? (
        <PersonSelect
          label={t('leave.who')}
          value={value.practitionerId}
          isRequired
          error={fields['practitionerId']}
          onChange={(id) => {
            onChange({ practitionerId: id });
          }}
        />
      ) : null}
      <DateInput
        popoverProps={{ withinPortal: false }}
        label={t('leave.from')}
        required
        value={value.from}
        error={fields['from']}
        onChange={(day) => {
          onChange({ from: day });
        }}
      />
      <DateInput
        popoverProps={{ withinPortal: false }}
        label={t('leave.until')}
        required
        value={value.until}
        error={fields['until']}
        onChange={(day) => {
          onChange({ until: day });
        }}
      />
      <PersonSelect
        label={t('leave.deputy')}
        description={t('leave.deputyHelp')}
        value={value.deputyId}
        without={value.practitionerId === undefined ? [] : [value.practitionerId]}
        error={fields['deputyId']}
        onChange={(id) => {
          onChange({ deputyId: id });
        }}
      />
    </>
  );
}
