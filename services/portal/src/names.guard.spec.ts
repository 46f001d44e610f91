import type { PersonRole, Principal } from '@ariane/auth';
import { given } from '@ariane/testing';
import { acquaintance, type Ground } from './acquaintance';
import { groundToKnow } from './names.guard';

const PATIENT = 'patient';
const NURSE = 'nurse';
const ground: Ground = { practitionerId: NURSE, kind: 'care-team', caseId: 'pathway' };
const reader = (
  roles: readonly PersonRole[],
  ids: { practitionerId?: string; patientId?: string } = {},
): Principal => ({
  ...{ kind: 'person', subject: 'somebody', territory: 'here' },
  ...{ roles, ...ids },
});
const known = { grounds: [ground], isPresented: false };

describe('who may know a patient by name, and why', () => {
  const cases: readonly (readonly [string, Parameters<typeof groundToKnow>, string | undefined])[] = [
    ['the coordinator of the register', [reader(['coordinator']), PATIENT, undefined, '2026-03-02'], 'office'],
    ['the patient', [reader(['patient'], { patientId: PATIENT }), PATIENT, undefined, '2026-03-02'], 'patient'],
    ['no other patient', [reader(['patient'], { patientId: 'other' }), PATIENT, known, '2026-03-02'], undefined],
    [
      'a member of the care team',
      [reader(['specialist'], { practitionerId: NURSE }), PATIENT, known, '2026-03-02'],
      'care-team',
    ],
    [
      'a coordinator of the care team as one of it',
      [reader(['coordinator'], { practitionerId: NURSE }), PATIENT, known, '2026-03-02'],
      'care-team',
    ],
    [
      'no specialist from elsewhere',
      [reader(['specialist'], { practitionerId: 'x' }), PATIENT, known, '2026-03-02'],
      undefined,
    ],
    [
      'no chair before the case is presented',
      [reader(['chair'], { practitionerId: 'x' }), PATIENT, known, '2026-03-02'],
      undefined,
    ],
    [
      'the chair once the case is presented',
      [reader(['chair'], { practitionerId: 'x' }), PATIENT, { ...known, isPresented: true }, '2026-03-02'],
      'meeting-participant',
    ],
    [
      'nobody of finance',
      [reader(['finance', 'finance-approver']), PATIENT, { ...known, isPresented: true }, '2026-03-02'],
      undefined,
    ],
    [
      'nobody of finance who also cares for them',
      [reader(['finance'], { practitionerId: NURSE }), PATIENT, known, '2026-03-02'],
      undefined,
    ],
    ['no auditor', [reader(['auditor']), PATIENT, { ...known, isPresented: true }, '2026-03-02'], undefined],
    [
      'nobody who has left the team, from that day on',
      [
        reader(['specialist'], { practitionerId: NURSE }),
        PATIENT,
        { grounds: [{ ...ground, until: '2026-03-02' }], isPresented: false },
        '2026-03-02',
      ],
      undefined,
    ],
  ];

  it.each(cases)('%s', (_, asked, expected) => {
    expect(groundToKnow(...asked)).toBe(expected);
  });

  it('is told again when somebody comes back', () => {
    const { practitionerId, kind, caseId } = ground;
    const left = { grounds: [{ ...ground, until: '2026-02-01' }], isPresented: false };
    given(acquaintance, { type: 'AcquaintanceChanged', data: left })
      .when({ type: 'AddGround', ground: { practitionerId, kind, caseId } })
      .then({ type: 'AcquaintanceChanged', data: { grounds: [ground], isPresented: false } });
  });
});
