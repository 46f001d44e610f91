import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import type { PathwayRead } from '../../shell/context-parts';
import { tell, tellUndo } from '../../ui';

const OPINIONS = '/api/tele-expertise/opinion-requests';
const HOUR_MS = 3_600_000;
/** Hours in which an answer is expected; after seven days the question is asked again (HAS, tele-expertise). */
const hoursOf = { urgent: 24, soon: 72, routine: 168 } as const;

/** How soon an answer is needed; what threatens life is never asked here. */
export type Within = keyof typeof hoursOf | 'life-threatening';

/** What is sent: the whole of it, so that a change is another request. */
export interface OpinionAsked {
  readonly requestId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly requesterId: string;
  readonly question: string;
  readonly specialty: string | undefined;
  readonly expertId: string | undefined;
  readonly urgency: 'routine' | 'urgent';
  readonly dueAt: string;
}

/** The instant until which an answer is waited for. */
export const dueAt = (now: string, within: Within): string =>
  new Date(Date.parse(now) + (within === 'life-threatening' ? 0 : hoursOf[within]) * HOUR_MS).toISOString();

/** Sends a request and goes to it; noticed at once, it can be taken back. */
export function useAsk(onSent: () => void) {
  const { t } = useTranslation('opinions');
  const navigate = useNavigate();
  const cancel = useCommand<string>({
    path: (requestId) => `${OPINIONS}/${requestId}/cancel`,
    body: () => ({ reason: 'sent-by-mistake' }),
    changes: ['/api/tele-expertise'],
  });
  const takeBack = (requestId: string): void => {
    cancel.mutateAsync(requestId).then(
      () => {
        tell(t('cancel.done'));
      },
      () => {
        tell(t('cancel.failed'), 'failed');
      },
    );
  };
  return useCommand<OpinionAsked>({
    path: OPINIONS,
    body: (asked) => asked,
    changes: ['/api/tele-expertise'],
    onDone: ({ requestId }) => {
      onSent();
      tellUndo(t('new.sent'), t('cancel.do'), () => {
        takeBack(requestId);
      });
      void navigate({ to: '/opinions', search: { tab: 'mine', request: requestId } });
    },
  });
}

/** Steps a question may be about: those that ask for an opinion first, then what is under way. */
export const stepsOf = ({ steps }: PathwayRead): { value: string; label: string }[] => {
  const rank = ({ kind, status }: PathwayRead['steps'][number]): number =>
    (kind === 'tele-expertise' ? 0 : 2) + (status === 'due' || status === 'late' ? 0 : 1);
  return [...steps]
    .filter(({ kind }) => kind !== 'milestone')
    .sort((a, b) => rank(a) - rank(b))
    .map(({ key, label }) => ({ value: key, label }));
};
