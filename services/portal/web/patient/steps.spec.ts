import { inOrder, type PatientStep } from './steps';

const step = (ref: string, more: Partial<PatientStep>): PatientStep => ({
  ref,
  label: ref,
  status: 'to-come',
  ...more,
});

describe('the steps of a pathway', () => {
  it('stand with the soonest to come first and the latest done first', () => {
    const { toCome, done } = inOrder([
      step('late', { latest: '2026-12-24' }),
      step('sometime', {}),
      step('soon', { appointmentAt: '2026-11-25T08:00:00Z', latest: '2026-12-31' }),
      step('old', { status: 'done', doneAt: '2026-01-01T08:00:00Z' }),
      step('new', { status: 'done', doneAt: '2026-02-01T08:00:00Z' }),
    ]);
    expect(toCome.map(({ ref }) => ref)).toEqual(['soon', 'late', 'sometime']);
    expect(done.map(({ ref }) => ref)).toEqual(['new', 'old']);
  });

  it('are left out where nothing may be said of them', () => {
    expect(inOrder([step('x', { label: '' })])).toEqual({ toCome: [], done: [] });
  });
});
