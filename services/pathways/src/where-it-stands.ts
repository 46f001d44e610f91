import type { StepDocument } from '@ariane/protocol';
import { coordinatorOf } from './care-team';
import type { Pathway, StepRecord } from './pathway';
import type { Language } from './pathway-view';

/** A pathway at a glance, as a list shows it. */
interface Standing {
  /** Of the next step; absent when nothing is to be done. */
  readonly phase?: string;
  readonly next?: { readonly stepKey: string; readonly label: string; readonly latest?: string };
  /** How many steps are late. */
  readonly late: number;
  readonly coordinatorId?: string;
}

/**
 * Where a pathway stands: its next step, the one that must be done first, and what is late.
 *
 * @param day the civil day on which the care team is looked at
 */
export function whereItStands(
  { steps, team }: Pick<Pathway, 'steps' | 'team'>,
  documentOf: (key: string) => StepDocument | undefined,
  { language, day }: { readonly language: Language; readonly day: string },
): Standing {
  const open = steps.filter(({ status, kind }) => (status === 'due' || status === 'late') && kind !== 'milestone');
  const [next] = open.sort(byLatest);
  const document = next && documentOf(next.key);
  const coordinatorId = coordinatorOf(team, day)?.practitionerId;
  return {
    ...(document === undefined ? {} : { phase: document.phase }),
    ...(next === undefined
      ? {}
      : { next: { stepKey: next.key, label: document?.label[language] ?? next.key, ...latestOf(next) } }),
    late: open.filter(({ status }) => status === 'late').length,
    ...(coordinatorId === undefined ? {} : { coordinatorId }),
  };
}

const latestOf = ({ latest }: StepRecord) => (latest === undefined ? {} : { latest });
/** What has no date comes last. */
const NEVER = '9999';
const byLatest = (a: StepRecord, b: StepRecord): number => ((a.latest ?? NEVER) < (b.latest ?? NEVER) ? -1 : 1);
