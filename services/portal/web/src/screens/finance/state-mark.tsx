import { useTranslation } from 'react-i18next';

import { StatusMark, type Tone } from '../../ui';
import type { ContractStatus } from './contract-types';
import type { BatchState, DisputeState, PeriodState } from './types';

const periodTones: Readonly<Record<PeriodState, Tone>> = { OPEN: 'calm', CLOSING: 'waiting', CLOSED: 'done' };

/** How a month stands. */
export function StateMark({ state }: { readonly state: PeriodState }) {
  const { t } = useTranslation('finance');
  return <StatusMark tone={periodTones[state]}>{t(`period.${state}`)}</StatusMark>;
}

const disputeTones: Readonly<Record<DisputeState, Tone>> = {
  OPEN: 'late',
  ANSWERED: 'waiting',
  UPHELD: 'done',
  REJECTED: 'info',
};

export function DisputeMark({ state }: { readonly state: DisputeState }) {
  const { t } = useTranslation('finance');
  return <StatusMark tone={disputeTones[state]}>{t(`dispute.${state}`)}</StatusMark>;
}

const batchTones: Readonly<Record<BatchState, Tone>> = { DRAFT: 'waiting', APPROVED: 'done', WITHDRAWN: 'info' };

export function BatchMark({ state }: { readonly state: BatchState }) {
  const { t } = useTranslation('finance');
  return <StatusMark tone={batchTones[state]}>{t(`batch.${state}`)}</StatusMark>;
}

const statusTones: Readonly<Record<ContractStatus, Tone>> = {
  DRAFT: 'waiting',
  REVIEWED: 'waiting',
  ACTIVE: 'done',
  ENDED: 'info',
};

export function ContractMark({ status }: { readonly status: ContractStatus }) {
  const { t } = useTranslation('finance');
  return <StatusMark tone={statusTones[status]}>{t(`status.${status}`)}</StatusMark>;
}
