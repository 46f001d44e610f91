import { type TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { useHasRole } from '../../shell/session-context';
import { Button, ConfirmDialog, Facts, Loaded, Panel, StatusMark, tell } from '../../ui';

interface ReadModels {
  readonly ageSeconds: number | null;
  readonly lag: number;
  readonly rebuild: {
    readonly state: 'running' | 'done' | 'failed';
    readonly read: number;
    readonly of: number;
    readonly perSecond: number;
  } | null;
}

const PATH = '/api/ops/read-models';
const EVERY_MS = 5_000;

/** How old the names are that all screens show, and the way to build them again. */
export function ReadModelsPanel() {
  const { t } = useTranslation('more');
  const read = useRead<ReadModels>(PATH, { everyMs: EVERY_MS });
  return (
    <Panel title={t('ops.copiesTitle')} actions={<RebuildButton isRunning={read.data?.rebuild?.state === 'running'} />}>
      <Loaded read={read} rows={2}>
        {(models) => (
          <Facts
            rows={[
              [t('ops.copiesState'), <Age key="age" models={models} />],
              [t('ops.rebuilt'), rebuildText(models, t)],
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Age({ models: { ageSeconds, lag } }: { readonly models: ReadModels }) {
  const { t } = useTranslation('more');
  if (lag === 0) return <StatusMark tone="done">{t('ops.copiesFresh')}</StatusMark>;
  const text =
    ageSeconds === null ? t('ops.copiesUnknown', { lag }) : t('ops.copiesLate', { lag, seconds: ageSeconds });
  return <StatusMark tone="waiting">{text}</StatusMark>;
}

function rebuildText({ rebuild }: ReadModels, t: TFunction<'more'>): string {
  switch (rebuild?.state) {
    case undefined:
      return t('ops.rebuildNever');
    case 'running':
      return t('ops.rebuildRunning', { ...rebuild });
    case 'done':
      return t('ops.rebuildDone', { ...rebuild });
    case 'failed':
      return t('ops.rebuildFailed');
  }
}

function RebuildButton({ isRunning }: { readonly isRunning: boolean }) {
  const { t } = useTranslation('more');
  const mayRebuild = useHasRole('territory-administrator');
  const [isAsking, setAsking] = useState(false);
  const rebuild = useCommand({
    path: `${PATH}/rebuild`,
    changes: [PATH],
    onDone: () => {
      setAsking(false);
      tell(t('ops.rebuildBegun'));
    },
  });
  if (!mayRebuild) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={isRunning}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('ops.rebuild')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('ops.rebuildTitle')}
        confirmLabel={t('ops.rebuild')}
        isBusy={rebuild.isPending}
        error={rebuild.error}
        onConfirm={() => {
          rebuild.mutate();
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        {t('ops.rebuildText')}
      </ConfirmDialog>
    </>
  );
}
