import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Member, Task } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useSession } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, ChoiceDialog, Failure, tell, tellUndo } from '../../ui';
import { useCareWords } from './care-words';
import { HandOverDialog } from './hand-over-dialog';

export interface BulkAct {
  readonly action: 'take' | 'hand-over' | 'done';
  readonly ids: readonly string[];
  readonly to?: string;
  readonly reason?: string;
}

interface BulkAnswer {
  readonly items: readonly { readonly id: string; readonly result: 'ok' | 'refused'; readonly code?: string }[];
}

/** Takes, hands over or finishes tasks, each by itself; tells how many were refused. */
export function useBulk() {
  const { t } = useTranslation('care');
  const command = useCommand<BulkAct, BulkAnswer>({
    path: '/api/pathways/tasks/bulk',
    body: (act) => act,
    changes: ['/api/pathways/tasks', '/api/pathways/worklist'],
  });
  /** How many were done; those refused are told with the number. */
  const tellRefused = ({ items }: BulkAnswer): number => {
    const refused = items.filter(({ result }) => result === 'refused').length;
    if (refused > 0) tell(t('act.refused', { count: refused }), 'failed');
    return items.length - refused;
  };
  return { command, tellRefused };
}

/** Hands a task over; to whoever had it before it can be handed back for ten seconds. */
function useGive({ id, ownerId }: TaskActsProps['task'], onGiven: () => void) {
  const { t } = useTranslation('care');
  const { command, tellRefused } = useBulk();
  const give = (to: string, reason: string): void => {
    command.mutate(
      { action: 'hand-over', ids: [id], to, reason },
      {
        onSuccess: (answer) => {
          onGiven();
          if (tellRefused(answer) === 0) return;
          if (ownerId === undefined) tell(t('act.handedOver'));
          else
            tellUndo(t('act.handedOver'), t('act.undo'), () => {
              // The panel may have gone with its item: what it told a mutation would then be said by nobody.
              command.mutateAsync({ action: 'hand-over', ids: [id], to: ownerId, reason }).then(
                (taken) => {
                  if (tellRefused(taken) > 0) tell(t('act.undone'));
                },
                () => {
                  tell(t('act.notUndone'), 'failed');
                },
              );
            });
        },
      },
    );
  };
  return { give, command };
}

export interface TaskActsProps {
  readonly task: Pick<Task, 'id' | 'outcomes'> & Partial<Pick<Task, 'ownerId'>>;
  readonly team: readonly Member[];
  readonly onDone: () => void;
}

/** What may be done about a task: say that it is done and how, take it, give it to another. */
export function TaskActs({ task, team, onDone }: TaskActsProps) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const [asked, setAsked] = useState<'outcome' | 'hand-over' | undefined>();
  const bulk = useBulk();
  const { practitionerId } = useSession();
  const { give, command: giving } = useGive(task, () => {
    setAsked(undefined);
    onDone();
  });
  const done = useCommand<{ readonly outcome?: string }>({
    path: `/api/pathways/tasks/${task.id}/done`,
    body: (input) => input,
    changes: ['/api/pathways'],
  });
  const finish = (outcome?: string): void => {
    done.mutate(outcome === undefined ? {} : { outcome }, {
      onSuccess: () => {
        setAsked(undefined);
        tell(t('act.doneSaid'));
        onDone();
      },
    });
  };
  const decide = (): void => {
    if (task.outcomes.length === 0) finish();
    else setAsked('outcome');
  };
  const handOver = (): void => {
    setAsked('hand-over');
  };
  const take = (): void => {
    bulk.command.mutate(
      { action: 'take', ids: [task.id] },
      {
        onSuccess: (answer) => {
          if (bulk.tellRefused(answer) > 0) tell(t('act.taskTaken'));
        },
      },
    );
  };
  useShortcuts([
    { keys: 'e', label: t('act.done'), run: decide },
    { keys: 'a', label: t('act.handOver'), run: handOver },
  ]);
  return (
    <>
      <Button
        onClick={decide}
        loading={done.isPending && task.outcomes.length === 0}
        rightSection={<kbd aria-hidden>e</kbd>}
      >
        {t('act.done')}
      </Button>
      {task.ownerId === undefined && practitionerId !== undefined ? (
        <Button variant="default" onClick={take}>
          {t('act.takeTask')}
        </Button>
      ) : null}
      <Button variant="default" onClick={handOver} rightSection={<kbd aria-hidden>a</kbd>}>
        {t('act.handOver')}
      </Button>
      {done.error !== null && asked === undefined ? <Failure error={done.error} /> : null}
      <ChoiceDialog
        isOpen={asked === 'outcome'}
        title={t('act.outcome')}
        choices={task.outcomes.map((code) => ({ value: code, label: words.outcome(code) }))}
        isBusy={done.isPending}
        error={done.error}
        onChoose={finish}
        onClose={() => {
          setAsked(undefined);
        }}
      />
      <HandOverDialog
        isOpen={asked === 'hand-over'}
        team={team}
        isBusy={giving.isPending}
        error={giving.error}
        onHandOver={give}
        onClose={() => {
          setAsked(undefined);
        }}
      />
    </>
  );
}
