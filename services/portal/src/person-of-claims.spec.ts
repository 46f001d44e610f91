import { directoryId, rppsSystem } from '@ariane/kernel';
import { type ClaimMapping, claimMappingOf } from './claim-mapping';
import { initialsOf, personOfClaims } from './person-of-claims';

function mapping(document: object): ClaimMapping {
  const found = claimMappingOf(JSON.stringify(document));
  if (Array.isArray(found)) throw new Error(found.join());
  return found as ClaimMapping; // as: faults are the only list
}

/** The shape of Pro Santé Connect's userinfo answer, with an RPPS number of the space for tests. */
const proSanteConnect = {
  sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700218896',
  SubjectNameID: '899700000013',
  given_name: 'Inès',
  family_name: 'COORDINATION',
  SubjectRefPro: {
    codeCivilite: 'MME',
    exercices: [
      { codeProfession: '60', codeCategorieProfessionnelle: 'C', activities: [{ codeModeExercice: 'S' }] },
      { codeProfession: '10', codeCategorieProfessionnelle: 'C', activities: [] },
    ],
  },
};

const everywhere = { territory: { always: 'lyon' } };

describe('Pro Santé Connect', () => {
  it('gives the directory’s own id by the RPPS number, and roles by the professions exercised', () => {
    expect(personOfClaims(proSanteConnect, mapping({ preset: 'pro-sante-connect', ...everywhere }))).toEqual({
      subject: directoryId(rppsSystem, '99700000013'),
      practitionerId: directoryId(rppsSystem, '99700000013'),
      name: 'Inès COORDINATION',
      roles: ['requester', 'specialist'],
      territory: 'lyon',
    });
  });

  it('gives other roles where the deployer’s table says so', () => {
    const roles = [
      { claim: 'SubjectRefPro.exercices[].codeProfession', gives: { '60': ['coordinator'], '*': ['requester'] } },
    ];
    expect(
      personOfClaims(proSanteConnect, mapping({ preset: 'pro-sante-connect', ...everywhere, roles })),
    ).toMatchObject({ roles: ['coordinator', 'requester'] });
  });

  it.each(['099700000013', '89970000001', '8997000000133', '89970000001x'])(
    'names no practitioner by %p, which is no RPPS number',
    (SubjectNameID) => {
      const person = personOfClaims(
        { ...proSanteConnect, SubjectNameID },
        mapping({ preset: 'pro-sante-connect', ...everywhere }),
      );
      expect(person).toMatchObject({ subject: SubjectNameID });
      expect(person).not.toHaveProperty('practitionerId');
    },
  );
});

describe('Keycloak', () => {
  it('gives roles by realm roles and by groups, and sets aside those that are not Ariane’s', () => {
    const claims = {
      sub: '0b1c',
      name: 'Jean Dupont',
      territory: 'paris',
      realm_access: { roles: ['offline_access', 'finance', 'service', 'root'] },
      groups: ['/finance-approver', '/staff', 'auditor'],
    };
    expect(personOfClaims(claims, mapping({ preset: 'keycloak' }))).toEqual({
      subject: '0b1c',
      name: 'Jean Dupont',
      roles: ['finance', 'finance-approver'],
      territory: 'paris',
    });
  });
});

describe('an account', () => {
  const plain = mapping({ preset: 'plain' });

  it('that lacks what a session needs is told all of it', () => {
    expect(personOfClaims({ name: 'x' }, plain)).toEqual({ lacks: ['subject', 'roles', 'territory'] });
    expect(personOfClaims({ sub: 'a', roles: ['root'], territory: 'lyon' }, plain)).toEqual({ lacks: ['roles'] });
    expect(personOfClaims({ sub: 'a', roles: ['finance'], territory: '../x' }, plain)).toEqual({
      lacks: ['territory'],
    });
  });

  it.each([{ roles: { $ne: '' } }, { roles: [['finance']] }, { roles: 'finance,auditor' }, { roles: ['__proto__'] }])(
    'gains no role by %p',
    (odd) => {
      expect(personOfClaims({ sub: 'a', territory: 'lyon', ...odd }, plain)).toEqual({ lacks: ['roles'] });
    },
  );

  it.each(['service:pathways', 'a b', 'é', 'x'.repeat(129)])('named %p stands under a digest of it', (sub) => {
    const person = personOfClaims({ sub, roles: ['finance'], territory: 'lyon' }, plain);
    expect(person).toMatchObject({ subject: expect.stringMatching(/^person:[0-9a-f]{32}$/) as string });
  });
});

describe('initials', () => {
  it.each([
    ['Inès Coordination', 'IC'],
    ['Démo Inès Coordination', 'IC'],
    ['Jean-Pierre de La Tour', 'JT'],
    ['élodie', 'É'],
    ['', ''],
  ])('of %p are %p', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('a claim mapping', () => {
  it.each([
    ['{', 'the document is not JSON'],
    ['{"preset":"pro-sante-connect"}', '/territory: {"always": "<territory>"} or {"claim": "<claim>"}'],
  ])('that is wrong is refused: %s', (text, fault) => {
    expect(claimMappingOf(text)).toEqual([fault]);
  });

  it.each([
    [{ preset: 'google' }, '/preset'],
    [{ preset: 'plain', role: [] }, '/role'],
    [{ preset: 'plain', roles: [{ claim: 'x', gives: { y: ['service'] } }] }, '/roles'],
    [{ preset: 'plain', subject: 'a..b' }, '/subject'],
  ])('that is wrong is refused by its place: %j', (document, place) => {
    const faults = claimMappingOf(JSON.stringify(document));
    expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(place)]));
  });
});
