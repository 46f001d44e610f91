import { type PatientRequest, patientRequest, requestKinds, requestTitles } from './patient-request';

const request: PatientRequest = {
  ...{ id: 'r1', pathwayId: 'w1', patientId: 'p1', kind: 'reasons', text: 'Pourquoi attendre ?', by: 'p1' },
  ...{ at: '2026-11-24T08:00:00Z', taskId: 't1', dueAt: '2026-11-26T08:00:00Z' },
};

describe('a patient’s request', () => {
  it('is made once: a second under its id is refused', () => {
    const command = { type: 'AskTeam', request } as const;
    expect(patientRequest.decide(undefined, command)).toEqual([{ type: 'TeamAsked', data: request }]);
    expect(() => patientRequest.decide(request, command)).toThrow('ALREADY_EXISTS');
  });

  it('is answered once: what the patient has read stays', () => {
    const answer = { text: 'Le bilan doit être complet.', by: 'nurse', at: '2026-11-25T08:00:00Z' };
    const command = { type: 'AnswerPatient', answer } as const;
    expect(patientRequest.decide(request, command)).toEqual([{ type: 'PatientAnswered', data: answer }]);
    const answered = patientRequest.evolve(request, { type: 'PatientAnswered', data: answer });
    expect(answered).toEqual({ ...request, answer });
    expect(() => patientRequest.decide(answered, command)).toThrow('STATE_CONFLICT');
    expect(() => patientRequest.decide(undefined, command)).toThrow('NOT_FOUND');
  });

  it('is a task whose title holds none of the patient’s words', () => {
    for (const kind of requestKinds) expect(requestTitles[kind]).toMatch(/^Le patient/);
  });
});
