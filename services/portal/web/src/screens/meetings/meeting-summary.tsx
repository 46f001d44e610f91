import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { PatientName, PersonName } from '../../shell/names';
import { useCodeWord } from '../../shell/words';
import { Anchor, Button, type Column, DataTable, Group, Panel, StatusMark } from '../../ui';
import { caseTones, type Meeting, type MeetingCase } from './meeting';

/** After the meeting: every case and what was decided, and a sheet of each to print. */
export function MeetingSummary({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation('meetings');
  const code = useCodeWord('meetings');
  const columns = useMemo<readonly Column<MeetingCase>[]>(
    () => [
      { id: 'patient', header: t('summary.patient'), cell: ({ patientId }) => <PatientName id={patientId} /> },
      {
        id: 'status',
        header: t('summary.status'),
        sortBy: ({ status }) => status,
        cell: ({ status }) => <StatusMark tone={caseTones[status]}>{t(`status.${status}`)}</StatusMark>,
      },
      {
        id: 'decision',
        header: t('form.decision'),
        cell: ({ decision, orientation = '', reason = '' }) =>
          decision === undefined
            ? code(`deferral.${reason}`, reason)
            : `${code(`decision.${decision}`, decision)} · ${code(`orientation.${orientation}`, orientation)}`,
      },
      {
        id: 'signed',
        header: t('outcome.signedBy'),
        cell: ({ signedBy }) => (signedBy === undefined ? '' : <PersonName id={signedBy} />),
      },
      {
        id: 'sheet',
        header: t('summary.sheet'),
        cell: ({ id, status }) =>
          status === 'decided' ? (
            <Anchor component={Link} to={`/meetings/${meeting.id}/sheets/${id}`} size="sm">
              {t('outcome.sheet')}
            </Anchor>
          ) : null,
      },
    ],
    [t, code, meeting.id],
  );
  return (
    <Panel
      title={t('room.summary')}
      actions={
        <Group className="no-print">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              window.print();
            }}
          >
            {t('sheet.print')}
          </Button>
        </Group>
      }
    >
      <DataTable caption={t('room.summary')} columns={columns} rows={meeting.agenda} idOf={({ id }) => id} />
    </Panel>
  );
}
