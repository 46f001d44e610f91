import type { StepStatus } from '@ariane/protocol';

/** Whether a step is still to do. */
export const isOpen = ({ status }: { readonly status: StepStatus }): boolean =>
  status === 'waiting' || status === 'due' || status === 'late';
