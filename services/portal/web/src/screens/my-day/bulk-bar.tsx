import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths, type WorkItem } from '../../api/care';
import { useRead } from '../../api/queries';
import { Button, ConfirmDialog, Group, Text, tell } from '../../ui';
import { HandOverDialog } from '../care/hand-over-dialog';
import { type BulkAct, useBulk } from '../care/task-acts';

export interface BulkBarProps {
  readonly items: readonly WorkItem[];
  readonly onClear: () => void;
}

/** Several items at once: taken, handed over or done, each by itself. */
export const BulkBar = memo(function BulkBar({ items, onClear }: BulkBarProps) {
  const { t } = useTranslation('myDay');
  const { t: care } = useTranslation('care');
  const bulk = useBulk();
  const [asked, setAsked] = useState<'hand-over' | 'done' | undefined>();
  const ids = items.flatMap(({ taskId }) => taskId ?? []);
  const [first] = items;
  const team = useRead<PathwayWhole>(paths.pathway(first?.pathwayId ?? ''), { isEnabled: asked === 'hand-over' });
  const close = (): void => {
    setAsked(undefined);
  };
  const act = (input: Omit<BulkAct, 'ids'>): void => {
    bulk.command.mutate(
      { ...input, ids },
      {
        onSuccess: (answer) => {
          tell(t('bulk.done', { count: bulk.tellRefused(answer) }));
          close();
          onClear();
        },
      },
    );
  };
  const ask = (what: 'hand-over' | 'done') => () => {
    setAsked(what);
  };
  const take = (): void => {
    act({ action: 'take' });
  };
  const acts = [
    [care('act.takeTask'), take],
    [care('act.handOver'), ask('hand-over')],
    [care('act.done'), ask('done')],
  ] as const;
  if (items.length === 0) return null;
  return (
    <Group className="paper" px="sm" py={6} gap="xs" role="region" aria-label={t('bulk.title')}>
      <Text size="sm" fw={640} role="status">
        {t('bulk.chosen', { count: items.length })}
      </Text>
      {ids.length < items.length ? (
        <Text size="xs" c="dimmed">
          {t('bulk.notTasks', { count: items.length - ids.length })}
        </Text>
      ) : null}
      {acts.map(([label, run]) => (
        <Button key={label} size="compact-sm" variant="default" disabled={ids.length === 0} onClick={run}>
          {label}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
      <ConfirmDialog
        isOpen={asked === 'done'}
        title={t('bulk.sure', { count: ids.length })}
        confirmLabel={care('act.done')}
        isBusy={bulk.command.isPending}
        error={bulk.command.error}
        onClose={close}
        onConfirm={() => {
          act({ action: 'done' });
        }}
      >
        {t('bulk.outcomes')}
      </ConfirmDialog>
      <HandOverDialog
        isOpen={asked === 'hand-over'}
        team={team.data?.team ?? []}
        isBusy={bulk.command.isPending}
        error={bulk.command.error}
        onHandOver={(to, reason) => {
          act({ action: 'hand-over', to, reason });
        }}
        onClose={close}
      />
    </Group>
  );
});
