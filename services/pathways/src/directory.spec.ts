import { given } from '@ariane/testing';
import { organisationIdOf, practitionerIdOf, typedFiness, typedRpps } from './identifiers';
import { organisation } from './organisation';
import { contractFor, paymentContract } from './payment-contract';
import { practitioner, type RegisterPractitioner } from './practitioner';

const rpps = '99700218896';
const register: RegisterPractitioner = {
  type: 'RegisterPractitioner',
  id: practitionerIdOf(rpps),
  rpps,
  name: 'Dr Essai',
  exercises: [{ role: 'doctor', specialty: 'oncology', from: '2020-01-01', to: '2025-12-31' }],
};
const { id, name, exercises } = register;
const registered = {
  type: 'PractitionerRegistered' as const,
  data: { practitionerId: id, rpps, name, exercises: [...exercises] },
};

describe('the directory', () => {
  it('tells every exercise with its dates, and tells again only what changed', () => {
    given(practitioner)
      .when(register)
      .then(registered)
      .thenState({ specialties: ['oncology'], roles: ['doctor'] });
    given(practitioner, registered).when(register).thenNothing();
    given(practitioner, registered)
      .when({ ...register, exercises: [] })
      .thenState({ exercises: [], specialties: [] });
  });

  it('refuses an exercise that ends before it begins', () => {
    const wrong = [{ role: 'doctor', from: '2026-01-02', to: '2026-01-01' }];
    given(practitioner)
      .when({ ...register, exercises: wrong })
      .thenRefused('RULE_BROKEN', 'exercises.0.to');
  });

  it('gives a number one id for ever, and refuses a wrong key', () => {
    expect(practitionerIdOf(rpps)).toBe(practitionerIdOf(rpps));
    expect(organisationIdOf('990000010')).not.toBe(practitionerIdOf('990000010'));
    expect(() => typedRpps('99700218897')).toThrow('IDENTIFIER_INVALID');
    expect(() => typedFiness('1')).toThrow('IDENTIFIER_INVALID');
  });

  it('renames a place, and nothing else', () => {
    const command = {
      type: 'RegisterOrganisation',
      id: organisationIdOf('990000010'),
      finess: '990000010',
      name: 'Hôpital',
    } as const;
    const event = {
      type: 'OrganisationRegistered',
      data: { organisationId: command.id, finess: '990000010', name: 'Hôpital' },
    } as const;
    given(organisation).when(command).then(event);
    given(organisation, event).when(command).thenNothing();
  });
});

describe('the payment contract of an enrolment', () => {
  const copy = (contractId: string, version: number, activatedAt: string, protocols = ['breast-cancer']) => ({
    contract: { id: contractId, version, sha256: '1'.repeat(64) },
    activatedAt,
    protocols,
  });
  const now = '2026-03-02T08:00:00Z';

  it('is the last activated that pays this protocol, and never one still to come', () => {
    const copies = [
      copy('a', 1, '2025-01-01T00:00:00Z'),
      copy('b', 1, '2026-01-01T00:00:00Z'),
      copy('c', 1, '2026-02-01T00:00:00Z', ['ckd']),
      copy('d', 1, '2026-03-02T08:00:01Z'),
    ];
    expect(contractFor(copies, 'breast-cancer', now)).toMatchObject({ id: 'b' });
    expect(contractFor([...copies].reverse(), 'breast-cancer', now)).toMatchObject({ id: 'b' });
    expect(contractFor(copies, 'breast-cancer', now, 'a')).toMatchObject({ id: 'a' });
    expect(contractFor(copies, 'breast-cancer', now, 'c')).toBeUndefined();
    expect(contractFor([], 'breast-cancer', now)).toBeUndefined();
  });

  it('is the higher version, then the first id, of those activated together', () => {
    const together = [copy('b', 2, now), copy('a', 1, now), copy('c', 2, now)];
    expect(contractFor(together, 'breast-cancer', now)).toMatchObject({ id: 'b', version: 2 });
  });

  it('takes nobody from the instant it ends on, and goes on for those before', () => {
    const data = copy('a', 1, now);
    const ending = (endsAt: string) => contractFor([{ ...data, endsAt }], 'breast-cancer', now);
    const later = new Date(Date.parse(now) + 1).toISOString();
    expect([ending(now), ending(later)?.id]).toEqual([undefined, 'a']);
    given(paymentContract, { type: 'PaymentContractCopied', data })
      .when({ type: 'EndPaymentContract', endsAt: later })
      .thenState({ ...data, endsAt: later });
  });

  it('is copied once', () => {
    const data = copy('a', 1, now);
    given(paymentContract, { type: 'PaymentContractCopied', data })
      .when({ type: 'CopyPaymentContract', ...data, protocols: [] })
      .thenNothing();
  });
});
