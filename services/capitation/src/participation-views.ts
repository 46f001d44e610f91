import { formatRational, rational } from '@ariane/kernel';
import type { Act } from './participation';

/** An act as finance sees it: the event that told it, its kind and day, who took part, the weight of each. */
export const actView = ({ eventId, kind, day, practitioners, weight }: Act) => ({
  ...{ eventId, kind, day },
  parties: practitioners.map((id) => `prac:${id}`),
  weight: formatRational(rational(weight, 1000n)),
});
