import { useCommand } from '../../api/queries';

/** Takes a change of the plan back: the plan is as the protocol has it. */
export const useWithdraw = (pathwayId: string) =>
  useCommand<{ readonly changeId: string; readonly reason: string }>({
    path: ({ changeId }) => `/api/pathways/pathways/${pathwayId}/changes/${changeId}/withdraw`,
    body: ({ reason }) => ({ reason }),
    changes: ['/api/pathways'],
  });
