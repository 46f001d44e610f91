import { mutationOfText } from './mutation';
import { mutantsOf } from './mutants';
import type { ProtocolDocument } from './document';
import { testProtocol } from './test-protocol';
import { wideProtocol } from './wide-protocol';

const given = { now: '2026-10-19T09:00:00Z', enrolledAt: '2026-10-19T08:00:00Z', facts: [] };
const exampled = (steps: ProtocolDocument['examples'][number]['expect']['steps']): string =>
  JSON.stringify({ ...testProtocol, examples: [{ name: 'first day', given, expect: { steps } }] }, null, 1);

describe('mutants', () => {
  it('of a protocol change one thing each, and never leave it as it was', () => {
    for (const document of [testProtocol, wideProtocol]) {
      const mutants = mutantsOf(document);
      const texts = mutants.map((mutant) => JSON.stringify(mutant.document));
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts).not.toContain(JSON.stringify(document));
      expect(new Set(mutants.map(({ kind }) => kind))).toEqual(new Set(['delay', 'condition', 'role', 'step']));
    }
  });

  it('negate a comparison, move a limit, drop a condition, halve and double a delay', () => {
    const changes = mutantsOf(testProtocol).map(({ pointer, change }) => `${pointer} ${change}`);
    expect(changes).toEqual(
      expect.arrayContaining([
        '/steps/0/window/target target 2wd → 1wd',
        '/steps/0/window/latest latest 5wd → 10wd',
        '/steps/0/role role IDEC → ONC',
        '/steps/0/late/owner owner IDEC → ONC',
        '/steps/2/when drops when: creatinine.within(14 days) > 110',
        '/steps/2/when creatinine.within(14 days) > 110 → creatinine.within(14 days) <= 110',
        '/steps/5/window/tighter/0/when patient.age >= 75 → patient.age > 75',
        '/steps/7 drops the step "closing"',
      ]),
    );
  });

  it('that an example shows are killed, and the others are listed with their lines', () => {
    const loose = mutationOfText(exampled({ visit: 'due' }));
    const delay = loose.survivors.find(({ pointer }) => pointer === '/steps/0/window/latest');
    const text = exampled({ visit: 'due' });
    expect(text.split('\n')[(delay?.line ?? 0) - 1]).toContain('"latest": "5wd"');
    const strict = mutationOfText(
      exampled({ visit: { status: 'due', role: 'IDEC', owner: 'IDEC', latest: '2026-10-26T22:59:59Z' } }),
    );
    expect(strict.survivors.map(({ pointer }) => pointer)).not.toContain('/steps/0/window/latest');
    expect(strict.byKind.role.killed).toBe(loose.byKind.role.killed + 2);
    expect(strict.killed + strict.survivors.length).toBe(strict.total);
    expect(strict.byChecks + strict.byExamples).toBe(strict.killed);
  });
});
