import { disclosedBy } from './disclosed';

const practitionerId = '01890a5d-ac96-7000-8000-000000000003';
const nobody = {};

describe('what an answer discloses', () => {
  it('is every patient and pathway that it names, at any depth, each once', () => {
    const answer = {
      items: [
        { patientId: 'p1', of: [{ pathwayId: 'w1' }] },
        { patientId: 'p1', pathwayId: 'w2' },
      ],
    };
    expect(disclosedBy({ action: 'list' }, answer, {}, [], nobody)).toEqual({
      ...{ patients: ['p1'], pathways: ['w1', 'w2'], grounds: ['office'] },
    });
  });

  it('is the patient of the path, the items of a search, and who was noted where access was decided', () => {
    const declared = { action: 'x', patientParam: 'id', itemsArePatients: true };
    const note = { patientId: 'p3', pathwayId: 'w3', ground: 'break-glass' } as const;
    expect(disclosedBy(declared, { items: [{ id: 'p2' }] }, { id: 'P1' }, [note], nobody)).toEqual({
      ...{ patients: ['p1', 'p2', 'p3'], pathways: ['w3'], grounds: ['break-glass'] },
    });
  });

  it('is whoever an object of patients names by their ids', () => {
    const patients = { [practitionerId]: { familyName: 'ESSAI' } };
    expect(disclosedBy({ action: 'x' }, { patients }, {}, [], nobody).patients).toEqual([practitionerId]);
  });

  it('is told as one’s own only where nobody else is in it', () => {
    const grounds = (answer: object) => disclosedBy({ action: 'x' }, answer, {}, [], { patientId: 'p1' }).grounds;
    expect(grounds({ patientId: 'p1' })).toEqual(['patient']);
    expect(grounds([{ patientId: 'p1' }, { patientId: 'p2' }])).toEqual(['office']);
  });

  it('is on the ground of having a part in it only where the answer names the reader', () => {
    const declared = { action: 'x', groundIfNamed: 'expert-asked' } as const;
    const grounds = (expertId: string) =>
      disclosedBy(declared, { patientId: 'p1', expertId }, {}, [], { practitionerId }).grounds;
    expect(grounds(practitionerId)).toEqual(['expert-asked']);
    expect(grounds('01890a5d-ac96-7000-8000-000000000004')).toEqual(['office']);
  });

  it('looks into no stream', () => {
    const stream = { pipe: () => undefined, patientId: 'p1' };
    expect(disclosedBy({ action: 'x' }, stream, {}, [], nobody).patients).toEqual([]);
  });
});
