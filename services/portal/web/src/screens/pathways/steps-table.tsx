import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole, Step } from '../../api/care';
import { type Column, DataTable, Group, Panel, SegmentedControl, Stack, StatusMark } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { toneOfStep } from '../care/next-steps';
import { WhyStep } from '../care/why-step';
import { StepCommands } from './step-commands';

const scopes = ['open', 'all'] as const;
type Scope = (typeof scopes)[number];

export interface StepsTableProps {
  readonly pathway: PathwayWhole;
  readonly mayChange: boolean;
}

/** The twin of the drawing: every step with its dates, its reason and what may be changed of it. */
export function StepsTable({ pathway, mayChange }: StepsTableProps) {
  const { t } = useTranslation('pathways');
  const [scope, setScope] = useState<Scope>('open');
  const columns = useStepColumns(pathway, mayChange);
  const rows = pathway.steps.filter((step) => scope === 'all' || isOpen(step));
  return (
    <Panel>
      <Stack gap="sm">
        <Group justify="flex-end">
          <SegmentedControl
            size="xs"
            aria-label={t('scope.label')}
            data={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
            value={scope}
            onChange={setScope}
          />
        </Group>
        <DataTable
          caption={t('tab.table')}
          columns={columns}
          rows={rows}
          idOf={({ key }) => key}
          empty={t('scope.none')}
        />
      </Stack>
    </Panel>
  );
}

const isOpen = ({ status, kind }: Step): boolean =>
  kind !== 'milestone' && (status === 'due' || status === 'late' || status === 'waiting' || status === 'missed');

function useStepColumns(pathway: PathwayWhole, mayChange: boolean): readonly Column<Step>[] {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const dayOf = (day: string | undefined): string => (day === undefined ? '' : times.day(day));
  const commands: Column<Step> = {
    id: 'commands',
    header: t('column.commands'),
    cell: (step) => <StepCommands pathway={pathway} step={step} size="compact-sm" />,
  };
  return [
    {
      id: 'label',
      header: t('column.step'),
      minWidth: '15rem',
      cell: ({ label }) => label,
      sortBy: ({ label }) => label,
    },
    {
      id: 'status',
      header: t('column.status'),
      sortBy: ({ status }) => status,
      cell: ({ status }) => <StatusMark tone={toneOfStep[status]}>{words.status(status)}</StatusMark>,
    },
    { id: 'role', header: t('column.role'), cell: ({ role }) => words.teamRole(role), sortBy: ({ role }) => role },
    {
      id: 'planned',
      header: t('column.planned'),
      sortBy: ({ target, latest }) => target ?? latest,
      cell: ({ target, latest }) => dayOf(target ?? latest),
    },
    { id: 'latest', header: t('column.latest'), sortBy: ({ latest }) => latest, cell: ({ latest }) => dayOf(latest) },
    {
      id: 'done',
      header: t('column.done'),
      sortBy: ({ doneAt, booking }) => doneAt ?? booking?.startsAt,
      cell: ({ doneAt, booking }) =>
        doneAt !== undefined
          ? dayOf(doneAt)
          : booking?.startsAt === undefined
            ? ''
            : t('step.bookedOn', { when: times.instant(booking.startsAt) }),
    },
    {
      id: 'why',
      header: t('column.why'),
      cell: (step) => <WhyStep pathwayId={pathway.id} protocolTitle={pathway.protocol.title} step={step} />,
    },
    ...(mayChange ? [commands] : []),
  ];
}
