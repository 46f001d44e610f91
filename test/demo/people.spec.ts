import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast } from '../story/cast.ts';
import { demoCast } from './cast.ts';
import { people } from './people.ts';

interface SignIn {
  readonly id: string;
  readonly roles: readonly string[];
  readonly rpps?: string;
  readonly patientId?: string;
}
const file = join(__dirname, '../../services/portal/demo-people.json');
const signIns = JSON.parse(readFileSync(file, 'utf8')) as readonly SignIn[];

describe('whoever one signs in as', () => {
  it.each(signIns.filter(({ rpps }) => rpps !== undefined).map((one) => [one.id, one.rpps]))(
    '%s has a professional’s place in the demo',
    (_, rpps) => {
      expect([...cast, ...demoCast].map((member) => member.rpps)).toContain(rpps);
    },
  );

  it.each(signIns.filter(({ patientId }) => patientId !== undefined).map((one) => [one.id, one.patientId]))(
    '%s has a patient’s place in the demo',
    (_, patientId) => {
      expect(patientId).toBe(people.patient.patientId);
    },
  );
});

const actors = Object.values(people).flatMap((one) => ('subject' in one ? [one] : []));

describe('whoever acts in the demo and is no professional', () => {
  it.each(actors.map(({ subject, role }) => [subject, role]))(
    '%s is somebody whom one signs in as',
    (subject, role) => {
      const found = signIns.find(({ id }) => `demo-${id}` === subject);
      expect(found?.roles).toContain(role === 'trusted-person' ? 'patient' : role);
    },
  );

  it('prepares and approves as three persons', () => {
    const { finance, financeApprover, secondApprover } = people;
    expect(new Set([finance, financeApprover, secondApprover].map(({ subject }) => subject)).size).toBe(3);
  });
});
