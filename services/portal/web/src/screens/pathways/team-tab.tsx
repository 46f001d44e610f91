import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Member, PathwayWhole } from '../../api/care';
import { dayIn } from '../../formats';
import { CommandDialog } from '../../shell/command-dialog';
import { PersonName } from '../../shell/names';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, type Column, DataTable, Panel, Stack, StatusMark } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { JoinForm } from './join-form';

/** Who shares what concerns the patient, on which ground, since when: they are who may open this pathway. */
export function TeamTab({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const mayChange = useHasRole('coordinator') && pathway.status === 'ACTIVE';
  const [leaving, setLeaving] = useState<Member | undefined>();
  const columns = useTeamColumns(mayChange ? setLeaving : undefined);
  const close = (): void => {
    setLeaving(undefined);
  };
  return (
    <Stack>
      <Panel title={t('team.title')}>
        <DataTable
          caption={t('team.title')}
          columns={columns}
          rows={pathway.team}
          idOf={({ practitionerId, role, from }) => `${practitionerId} ${role} ${from}`}
        />
      </Panel>
      {mayChange ? <JoinForm pathway={pathway} /> : null}
      <CommandDialog
        isOpen={leaving !== undefined}
        title={t('team.leave')}
        confirmLabel={t('team.leave')}
        isDangerous
        path={`/api/pathways/pathways/${pathway.id}/care-team/leave`}
        body={() => ({ practitionerId: leaving?.practitionerId, role: leaving?.role })}
        changes={['/api/pathways']}
        done={t('team.left')}
        onClose={close}
      >
        {t('team.leaveText')}
      </CommandDialog>
    </Stack>
  );
}

function useTeamColumns(onLeave: ((member: Member) => void) | undefined): readonly Column<Member>[] {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const place = usePlace();
  const today = dayIn(place.now, place.timeZone);
  const hasLeft = ({ until }: Member): boolean => until !== undefined && until <= today;
  return [
    { id: 'who', header: t('column.who'), cell: ({ practitionerId }) => <PersonName id={practitionerId} /> },
    { id: 'role', header: t('column.role'), cell: ({ role }) => words.teamRole(role), sortBy: ({ role }) => role },
    { id: 'ground', header: t('column.ground'), cell: ({ ground }) => words.ground(ground) },
    { id: 'from', header: t('column.since'), cell: ({ from }) => times.day(from), sortBy: ({ from }) => from },
    {
      id: 'state',
      header: t('column.status'),
      cell: (member) =>
        hasLeft(member) ? (
          <StatusMark tone="info">{t('team.until', { day: times.day(member.until ?? '') })}</StatusMark>
        ) : (
          <StatusMark tone="done">{t('team.present')}</StatusMark>
        ),
    },
    ...(onLeave === undefined
      ? []
      : [
          {
            id: 'leave',
            header: t('column.commands'),
            cell: (member: Member) =>
              hasLeft(member) ? null : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('command.named', { command: t('team.leave'), step: words.teamRole(member.role) })}
                  onClick={() => {
                    onLeave(member);
                  }}
                >
                  {t('team.leave')}
                </Button>
              ),
          },
        ]),
  ];
}
