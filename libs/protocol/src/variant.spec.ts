import { stringify } from 'yaml';
import { checkProtocol, checkProtocolText, loadProtocol } from './check';
import type { ProtocolDocument } from './document';
import { testProtocol } from './test-protocol';
import type { VariantDocument } from './variant-document';

const { title, reviewBy, roles } = testProtocol;
const sources = [{ rule: 'local', text: 'Made for the tests', tag: 'proposal' as const }];
const base: ProtocolDocument = {
  ...testProtocol,
  examples: [
    {
      name: 'first day',
      given: { now: '2026-10-19T09:00:00Z', enrolledAt: '2026-10-19T08:00:00Z', facts: [] },
      expect: { steps: { visit: 'due' } },
    },
  ],
};
const variantWith = (steps: readonly unknown[], more: object = {}): unknown => ({
  variantOf: { id: 'test', version: 1 },
  ...{ id: 'test-local', version: 1, title, reviewBy, sources: ['Local'], steps, examples: [], ...more },
});
const visit = base.steps.flatMap((step) => (step.id === 'visit' && step.kind !== 'milestone' ? [step] : []))[0];

describe('a local variant', () => {
  it('may shorten delays, add limits, steps and roles, and make an optional step mandatory', () => {
    const call = {
      ...{ id: 'call', kind: 'task', phase: 'care', role: 'NEP', label: title, labelBefore: title, sources },
      ...{ start: { all: [{ after: 'visit' }] }, window: { latest: '2d' }, late: { title, owner: 'IDEC' } },
    };
    const variant = variantWith(
      [
        {
          id: 'visit',
          window: { target: '1wd', latest: '3wd', tighter: [{ when: 'patient.age >= 75', latest: '2wd' }] },
          sources,
        },
        { id: 'leaflet', mandatory: true, sources },
        call,
      ],
      {
        roles: { NEP: title },
        examples: [
          {
            name: 'the visit is sooner here',
            given: { now: '2026-10-19T09:00:00Z', enrolledAt: '2026-10-19T08:00:00Z', like: 'first day', facts: [] },
            expect: { steps: { visit: { latest: '2026-10-21T21:59:59Z' }, call: 'waiting' } },
          },
        ],
      },
    );
    expect(checkProtocol(variant, [base])).toEqual([]);
    const { document } = loadProtocol(variant, [base]);
    expect(document).toMatchObject({ id: 'test-local', inherits: { id: 'test', version: 1 } });
    expect(document.steps).toHaveLength(base.steps.length + 1);
    expect(document.roles).toMatchObject({ ...roles, NEP: title });
  });

  it.each<[string, unknown, string, RegExp]>([
    [
      'drops a delay’s end',
      { id: 'visit', window: { latest: '9wd' }, sources },
      '/steps/0/window/latest',
      /lengthens or drops the latest \(5wd\) of the step "visit"/,
    ],
    ['takes an optional way out', { ...visit, mandatory: false }, '/steps/0/mandatory', /makes optional/],
    [
      'changes the kind',
      { ...base.steps.find(({ id }) => id === 'blood'), id: 'visit' },
      '/steps/0/kind',
      /changes "kind" of the step "visit"/,
    ],
    ['changes the role', { ...visit, role: 'ONC' }, '/steps/0/role', /changes "role"/],
    ['changes what finishes it', { ...visit, doneBy: { fact: 'task.done' } }, '/steps/0/doneBy', /changes "doneBy"/],
    ['adds a condition to it', { ...visit, when: 'patient.age > 75' }, '/steps/0/when', /changes "when"/],
    [
      'makes its alert less urgent',
      { id: 'visit', late: { ...visit?.late, tier: 4 }, sources },
      '/steps/0/late/tier',
      /less urgent/,
    ],
    ['cancels it', { ...visit, id: 'other', cancels: ['closing'] }, '/steps/0/cancels/0', /by cancelling/],
    ['tightens what is not there', { id: 'visite', mandatory: true, sources }, '/steps/0/id', /no step of the base/],
  ])('that %s is refused, and the step is named', (_, step, pointer, message) => {
    const faults = checkProtocol(variantWith([step]), [base]);
    const found = faults.find((fault) => fault.pointer === pointer);
    expect(found).toMatchObject({ kind: 'variant' });
    expect(found?.message).toMatch(message);
  });

  it('that changes a role of its base, has no base, or is not of its form is refused', () => {
    expect(checkProtocol(variantWith([], { roles: { IDEC: title } }), [base])).toMatchObject([{ kind: 'variant' }]);
    expect(checkProtocol(variantWith([]))).toMatchObject([{ kind: 'name', pointer: '/variantOf' }]);
    expect(checkProtocol(variantWith([], { ends: [] }), [base])).toMatchObject([{ kind: 'schema', pointer: '/ends' }]);
    expect(checkProtocol(variantWith([{ id: 'visit', windows: {}, sources }]), [base])).toMatchObject([
      { kind: 'schema', pointer: '/steps/0/windows' },
    ]);
  });

  it('with a fault of its own points to its own lines', () => {
    const variant = variantWith([{ id: 'visit', window: { latest: '1wd' }, sources }]) as VariantDocument; // well formed
    const text = stringify(variant);
    const line = text.split('\n').findIndex((row) => row.includes('window:')) + 1;
    expect(checkProtocolText(text, [base])).toMatchObject([
      { kind: 'window', pointer: '/steps/0/window/target', line },
    ]);
  });
});
