import { EMPTY_DECISION, isComplete, withKind } from './decision-draft';

const proposal = { ...EMPTY_DECISION, ...withKind('THERAPEUTIC_PROPOSAL', 'SURGERY_FIRST') };

describe('a decision before it is signed', () => {
  it('takes the only orientation that its kind has, and keeps one that still fits', () => {
    expect(withKind('MORE_EXAMS_NEEDED', 'SURGERY_FIRST').orientation).toBe('MORE_EXAMS');
    expect(withKind('REGISTERED_STANDARD', 'SURGERY_FIRST').orientation).toBe('SURGERY_FIRST');
    expect(withKind('GENETIC_TEST', 'SURGERY_FIRST').orientation).toBe('');
  });

  it('is complete with its kind and orientation, and with the side where the case has one', () => {
    expect(isComplete(proposal, undefined)).toBe(true);
    expect(isComplete(EMPTY_DECISION, undefined)).toBe(false);
    expect(isComplete(proposal, 'left')).toBe(false);
    expect(isComplete({ ...proposal, side: 'left' }, 'left')).toBe(true);
  });

  it('cites the reference that it conforms to where it replaces the discussion', () => {
    const registered = { ...EMPTY_DECISION, ...withKind('REGISTERED_STANDARD', 'SURGERY_FIRST') };
    expect(isComplete(registered, undefined)).toBe(false);
    expect(isComplete({ ...registered, reference: 'inca', referenceVersion: '2023' }, undefined)).toBe(true);
    expect(isComplete({ ...registered, reference: 'inca', referenceVersion: '2023', conforms: false }, undefined)).toBe(
      false,
    );
  });

  it('says why it departs from a reference', () => {
    const departs = { ...proposal, reference: 'inca', referenceVersion: '2023', conforms: false };
    expect(isComplete(departs, undefined)).toBe(false);
    expect(isComplete({ ...departs, justification: 'Refus.' }, undefined)).toBe(true);
  });
});
