import { useTranslation } from 'react-i18next';

import type { WorkItem } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, Failure, tell } from '../../ui';

export interface ResultActsProps {
  readonly item: WorkItem;
  readonly factIds: readonly string[];
  readonly onDone: () => void;
}

/** Says that one has read the results that are shown; those that came meanwhile stay on the list. */
export function ResultActs({ item, factIds, onDone }: ResultActsProps) {
  const { t } = useTranslation('care');
  const acknowledge = useCommand<{ readonly factIds: readonly string[] }>({
    path: `/api/pathways/pathways/${item.pathwayId}/results/acknowledge`,
    body: (input) => input,
    changes: ['/api/pathways/worklist', '/api/pathways/pathways'],
  });
  const read = (): void => {
    acknowledge.mutate(
      { factIds },
      {
        onSuccess: () => {
          tell(t('act.acknowledged'));
          onDone();
        },
      },
    );
  };
  useShortcuts([{ keys: 'e', label: t('act.acknowledge'), run: read }]);
  return (
    <>
      <Button onClick={read} loading={acknowledge.isPending} rightSection={<kbd aria-hidden>e</kbd>}>
        {t('act.acknowledge')}
      </Button>
      {acknowledge.error === null ? null : <Failure error={acknowledge.error} />}
    </>
  );
}
