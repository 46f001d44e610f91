import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { tell, tellUndo } from '../../ui';

/** Takes a change of the plan back: the plan is as the protocol has it. */
const useWithdraw = (pathwayId: string) =>
  useCommand<{ readonly changeId: string; readonly reason: string }>({
    path: ({ changeId }) => `/api/pathways/pathways/${pathwayId}/changes/${changeId}/withdraw`,
    body: ({ reason }) => ({ reason }),
    changes: ['/api/pathways'],
  });

/** Says what was changed of the plan and offers, for ten seconds, to take it back. */
export function useTellChange(pathwayId: string): (changeId: string, said: string) => void {
  const { t } = useTranslation('pathways');
  const { mutate } = useWithdraw(pathwayId);
  return (changeId, said) => {
    tellUndo(said, t('undo'), () => {
      mutate(
        { changeId, reason: t('undoReason') },
        {
          onSuccess: () => {
            tell(t('said.withdrawn'));
          },
        },
      );
    });
  };
}
