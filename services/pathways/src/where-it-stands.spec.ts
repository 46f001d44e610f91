import type { StepDocument } from '@ariane/protocol';
import type { Pathway, StepRecord } from './pathway';
import { whereItStands } from './where-it-stands';

const step = (key: string, status: StepRecord['status'], latest?: string, kind = 'task') =>
  ({ key, status, kind, ...(latest === undefined ? {} : { latest }) }) as StepRecord; // only what is looked at

const member = (practitionerId: string, role: string) => ({ practitionerId, role, ground: '', from: '2026-01-01' });
const documentOf = (key: string) => ({ phase: `phase of ${key}`, label: { fr: key, en: key } }) as StepDocument; // see above
const at = { language: 'fr', day: '2026-03-03' } as const;

const stands = (steps: readonly StepRecord[], team: Pathway['team'] = []) =>
  whereItStands({ steps, team }, documentOf, at);

describe('where a pathway stands', () => {
  it('is at the open step that must be done first, a late one among them, and never at a milestone', () => {
    const steps = [
      step('done', 'done', '2026-03-01'),
      step('milestone', 'due', '2026-03-01', 'milestone'),
      step('undated', 'due'),
      step('biopsy', 'due', '2026-03-20'),
      step('imaging', 'late', '2026-03-02'),
    ];
    expect(stands(steps)).toEqual({
      phase: 'phase of imaging',
      next: { stepKey: 'imaging', label: 'imaging', latest: '2026-03-02' },
      late: 1,
    });
  });

  it('has no next step when nothing is to be done', () => {
    expect(stands([step('done', 'done')])).toEqual({ late: 0 });
  });

  it('is in the hands of the named coordinator, else of the coordination nurse', () => {
    expect(stands([], [member('nurse', 'IDEC')]).coordinatorId).toBe('nurse');
    expect(stands([], [member('nurse', 'IDEC'), member('head', 'coordinator')]).coordinatorId).toBe('head');
  });
});
