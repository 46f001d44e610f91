import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { PatientName } from '../../shell/names';
import { useHasRole } from '../../shell/session-context';
import { Anchor, Button, Checkbox, type Column, ConfirmDialog, DataTable, Group, Panel, Text, tell } from '../../ui';
import type { Affected, AffectedPathway } from './protocol-types';

export interface AffectedPanelProps {
  readonly protocol: string;
  readonly version: number;
}

/** Patients pinned to older versions: what this one would change for each, and moving those whom a clinician approves. */
export function AffectedPanel({ protocol, version }: AffectedPanelProps) {
  const { t } = useTranslation('protocols');
  const mayRead = useHasRole('coordinator', 'specialist', 'chair');
  const mayMove = useHasRole('specialist', 'chair');
  const read = useRead<Affected>(`/api/pathways/protocols/${protocol}/versions/${String(version)}/affected`, {
    isEnabled: mayRead,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const move = useCommand<{ reason: string }, { items: readonly { migrated?: unknown }[] }>({
    path: `/api/pathways/protocols/${protocol}/versions/${String(version)}/migrations`,
    body: ({ reason }) => ({ pathwayIds: [...chosen], reason }),
    changes: ['/api/pathways'],
  });
  const { data } = read;
  const toggle = (id: string): void => {
    setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  };
  const columns = useAffectedColumns(mayMove ? { chosen, toggle } : undefined);
  if (data === undefined || data.total === 0) return null;
  return (
    <Panel
      title={t('affected.title', { count: data.total })}
      actions={
        mayMove ? (
          <Button
            size="compact-md"
            disabled={chosen.size === 0}
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('affected.move', { count: chosen.size })}
          </Button>
        ) : null
      }
    >
      <DataTable
        caption={t('affected.title', { count: data.total })}
        columns={columns}
        rows={data.items}
        idOf={({ pathwayId }) => pathwayId}
        empty={<Text size="sm">{t('affected.noneOfYours')}</Text>}
      />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('affected.move', { count: chosen.size })}
        confirmLabel={t('affected.confirm')}
        reasons={[
          { value: 'safer', label: t('affected.reason.safer') },
          { value: 'new-evidence', label: t('affected.reason.evidence') },
          { value: 'organisation', label: t('affected.reason.organisation') },
        ]}
        isBusy={move.isPending}
        error={move.error}
        onClose={() => {
          setAsking(false);
        }}
        onConfirm={({ reason }) => {
          move.mutate(
            { reason },
            {
              onSuccess: ({ items }) => {
                const moved = items.filter(({ migrated }) => migrated !== undefined).length;
                tell(t('affected.done', { count: moved, asked: items.length }));
                setChosen(new Set());
                setAsking(false);
              },
            },
          );
        }}
      >
        <Group component="span">{t('affected.text')}</Group>
      </ConfirmDialog>
    </Panel>
  );
}

interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
}

/** With a box to choose by, for who may move patients. */
function useAffectedColumns(choice: Choice | undefined): readonly Column<AffectedPathway>[] {
  const { t } = useTranslation('protocols');
  const box = ({ chosen, toggle }: Choice): Column<AffectedPathway> => ({
    id: 'choose',
    header: t('affected.choose'),
    cell: ({ pathwayId }) => (
      <Checkbox
        aria-label={t('affected.choose')}
        checked={chosen.has(pathwayId)}
        onChange={() => {
          toggle(pathwayId);
        }}
      />
    ),
  });
  return [
    ...(choice === undefined ? [] : [box(choice)]),
    {
      id: 'patient',
      header: t('affected.patient'),
      cell: ({ pathwayId, patientId }) => (
        <Anchor component={Link} to={`/pathways/${pathwayId}`}>
          {patientId === undefined ? pathwayId : <PatientName id={patientId} />}
        </Anchor>
      ),
    },
    { id: 'from', header: t('column.version'), isNumber: true, cell: ({ pinned }) => pinned },
    {
      id: 'changes',
      header: t('affected.changes'),
      isNumber: true,
      cell: ({ difference }) => Object.values(difference).reduce((sum, changes) => sum + changes.length, 0),
    },
  ];
}
