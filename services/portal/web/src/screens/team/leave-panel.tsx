import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { CommandDialog } from '../../shell/command-dialog';
import { PersonName } from '../../shell/names';
import { useHasRole, usePlace, useSession } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Button, type Column, DataTable, Empty, Group, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { uncoveredBy } from './duty-grid';
import { LeaveDialog } from './leave-dialog';
import { ReassignDialog } from './reassign-dialog';
import { type Leave, LEAVES, type Roster, ROSTERS } from './team-types';

type Open = { readonly what: 'declare' } | { readonly what: 'withdraw' | 'reassign'; readonly leave: Leave };

/** Who is and will be away, what that leaves uncovered, and what can be done about it. */
export function LeavePanel() {
  const { t } = useTranslation('team');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const read = useRead<Page<Leave>>(LEAVES);
  const rosters = useRead<Page<Roster>>(ROSTERS).data?.items ?? [];
  const leaves = read.data?.items ?? [];
  const columns = useColumns(rosters, leaves, setOpen);
  const mayDeclare = useHasRole('coordinator', 'specialist', 'requester', 'territory-administrator');
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <Panel
      title={t('leave.title')}
      actions={
        mayDeclare ? (
          <Button
            size="compact-md"
            onClick={() => {
              setOpen({ what: 'declare' });
            }}
          >
            {t('leave.declare')}
          </Button>
        ) : undefined
      }
    >
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('leave.title')}
            columns={columns}
            rows={[...items].sort((a, b) => (a.from < b.from ? -1 : 1))}
            idOf={({ leaveId }) => leaveId}
            empty={<Empty title={t('leave.none')}>{t('leave.noneText')}</Empty>}
          />
        )}
      </Loaded>
      {open?.what === 'declare' ? <LeaveDialog rosters={rosters} leaves={leaves} onClose={close} /> : null}
      {open?.what === 'withdraw' ? <WithdrawDialog leave={open.leave} onClose={close} /> : null}
      {open?.what === 'reassign' ? <ReassignDialog leave={open.leave} onClose={close} /> : null}
    </Panel>
  );
}

function useColumns(
  rosters: readonly Roster[],
  leaves: readonly Leave[],
  setOpen: (open: Open) => void,
): readonly Column<Leave>[] {
  const { t } = useTranslation('team');
  const place = usePlace();
  const { practitionerId } = useSession();
  const isKeeper = useHasRole('coordinator', 'territory-administrator');
  const mayReassign = useHasRole('coordinator');
  return useMemo(
    () => [
      { id: 'who', header: t('leave.who'), cell: (leave) => <PersonName id={leave.practitionerId} /> },
      {
        id: 'days',
        header: t('leave.days'),
        sortBy: ({ from }) => from,
        cell: ({ from, until }) => `${dayText(from, place.now, place)} – ${dayText(until, place.now, place)}`,
      },
      {
        id: 'deputy',
        header: t('leave.deputy'),
        cell: ({ deputyId }) => (deputyId === undefined ? '–' : <PersonName id={deputyId} />),
      },
      { id: 'gaps', header: t('leave.gaps'), cell: (leave) => <Gaps gaps={uncoveredBy(leave, rosters, leaves)} /> },
      {
        id: 'do',
        header: t('leave.do'),
        cell: (leave) => (
          <Group gap="xs">
            {mayReassign ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setOpen({ what: 'reassign', leave });
                }}
              >
                {t('reassign.open')}
              </Button>
            ) : null}
            {isKeeper || leave.practitionerId === practitionerId ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setOpen({ what: 'withdraw', leave });
                }}
              >
                {t('leave.withdraw')}
              </Button>
            ) : null}
          </Group>
        ),
      },
    ],
    [t, place, rosters, leaves, setOpen, isKeeper, mayReassign, practitionerId],
  );
}

/** Roles that nobody answers for, each from the first day on which it is so. */
export function Gaps({ gaps }: { readonly gaps: ReturnType<typeof uncoveredBy> }) {
  const { t } = useTranslation('team');
  const words = useWords();
  const place = usePlace();
  if (gaps.length === 0) return <StatusMark tone="done">{t('leave.covered')}</StatusMark>;
  return (
    <Stack gap={2}>
      <StatusMark tone="urgent">{t('duty.uncovered')}</StatusMark>
      {gaps.map(({ role, day }) => (
        <Text key={role} size="xs">
          {t('leave.gap', { role: words.teamRole(role), day: dayText(day, place.now, place) })}
        </Text>
      ))}
    </Stack>
  );
}

function WithdrawDialog({ leave, onClose }: { readonly leave: Leave; readonly onClose: () => void }) {
  const { t } = useTranslation('team');
  return (
    <CommandDialog
      path={`/api/scheduling/leaves/${leave.leaveId}/withdraw`}
      changes={['/api/scheduling']}
      done={t('leave.withdrawn')}
      isOpen
      title={t('leave.withdrawTitle')}
      confirmLabel={t('leave.withdraw')}
      onClose={onClose}
    >
      {t('leave.withdrawText')}
    </CommandDialog>
  );
}
