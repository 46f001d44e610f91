import { emptyForm, type EnrolmentForm, isComplete, sendingsOf, stageOfField } from './enrolment-form';

const ids = { patientId: 'p', pathwayId: 'w', conditionId: 'c', factId: (code: string) => `f ${code}` };
const now = '2026-03-02T08:00:00.000Z';
const form: EnrolmentForm = {
  ...emptyForm,
  isNew: true,
  patient: { ...emptyForm.patient, familyName: ' Leroy', givenNames: 'Jeanne, Marie', birthDate: '1955-01-02' },
  protocolId: 'breast-cancer',
  team: { IDEC: 'nurse', SUR: '' },
  condition: { code: 'C50.9', onset: '' },
  facts: { 'tumour.size': '12,5', 'patient.menopause': 'oui', 'tumour.side': ' left ', empty: ' ' },
};

describe('an enrolment', () => {
  it('is sent in the order in which each part needs the one before', () => {
    expect(sendingsOf(form, ids, now).map(({ name }) => name)).toEqual([
      ...['patient', 'condition', 'pathway', 'fact tumour.size', 'fact patient.menopause', 'fact tumour.side'],
    ]);
  });

  it('does not send again what was taken before an error', () => {
    const again = sendingsOf({ ...form, taken: ['patient', 'condition'] }, ids, now);
    expect(again[0]).toMatchObject({ name: 'pathway', body: { patientId: 'p' } });
  });

  it('of somebody known registers nobody', () => {
    const known = sendingsOf({ ...emptyForm, patientId: 'known', protocolId: 'x', team: { IDEC: 'n' } }, ids, now);
    expect(known).toEqual([
      {
        ...{ name: 'pathway', path: '/api/pathways/pathways' },
        body: {
          ...{ id: 'w', patientId: 'known', protocolId: 'x' },
          careTeam: [{ role: 'IDEC', practitionerId: 'n', ground: 'same-establishment' }],
        },
      },
    ]);
  });

  it('takes names and values as people write them', () => {
    const [patient] = sendingsOf(form, ids, now);
    expect(patient?.body).toMatchObject({ familyName: 'Leroy', givenNames: ['Jeanne', 'Marie'], identifiers: [] });
    const values = sendingsOf(form, ids, now)
      .slice(3)
      .map(({ body }) => body['value']);
    expect(values).toEqual([12.5, true, 'left']);
  });

  it('leads back to the stage that asks for what is refused', () => {
    const fields = ['identifiers.0.value', 'birthDate', 'careTeam.0.practitionerId', 'protocolId', 'paymentContractId'];
    expect(fields.map(stageOfField)).toEqual(['patient', 'patient', 'team', 'protocol', 'protocol']);
    expect(stageOfField('value')).toBe('facts');
  });

  it('goes on from a stage only with what the next one needs', () => {
    expect(isComplete(emptyForm, 'patient')).toBe(false);
    expect(isComplete({ ...emptyForm, isNew: true }, 'patient')).toBe(false);
    expect(isComplete(form, 'patient')).toBe(true);
    expect(isComplete({ ...form, team: { SUR: '' } }, 'team')).toBe(false);
  });
});
