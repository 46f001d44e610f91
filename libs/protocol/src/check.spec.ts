import { DomainError } from '@ariane/kernel';
import { stringify } from 'yaml';
import { checkProtocol, checkProtocolText, loadProtocol } from './check';
import type { ProtocolDocument } from './document';
import { takesNewPatients } from './protocol';
import { protocolSha256 } from './protocol-sha256';
import type { StepDocument } from './step-document';
import { testProtocol } from './test-protocol';

type Mutable = Omit<ProtocolDocument, 'steps'> & { steps: (StepDocument & Record<string, unknown>)[] };

/** The test protocol with something broken in it. */
function broken(breakIt: (document: Mutable, step: (id: string) => Record<string, unknown>) => void): unknown {
  const document = structuredClone(testProtocol) as Mutable; // the test breaks what the type forbids
  breakIt(document, (id) => document.steps.find((step) => step.id === id) ?? {});
  return document;
}

const example = (status: string): ProtocolDocument['examples'][number] => ({
  name: 'first day',
  given: { now: '2026-10-19T09:00:00Z', enrolledAt: '2026-10-19T08:00:00Z', facts: [] },
  expect: { steps: { visit: status } },
});

describe('a protocol', () => {
  it('without a fault is accepted, with its examples', () => {
    expect(checkProtocol({ ...testProtocol, examples: [example('due')] })).toEqual([]);
  });

  it.each<[string, Parameters<typeof broken>[0], string, RegExp]>([
    ['a misspelt name', (_, step) => (step('visit')['windows'] = {}), '/steps/0/windows', /does not know: "windows"/],
    ['a kind without what it needs', (_, step) => delete step('visit')['visitKind'], '/steps/0', /lacks "visitKind"/],
    [
      'a delay in no unit',
      (_, step) => (step('visit')['window'] = { latest: '5' }),
      '/steps/0/window/latest',
      /pattern/,
    ],
    ['no source', (_, step) => (step('visit')['sources'] = []), '/steps/0/sources', /fewer than 1/],
    ['a role that nobody holds', (_, step) => (step('visit')['role'] = 'NEP'), '/steps/0/role', /role "NEP"/],
    [
      'an alert without an owner in the team',
      (_, step) => (step('visit')['late'] = { title: testProtocol.title, owner: 'NEP' }),
      '/steps/0/late/owner',
      /role "NEP"/,
    ],
    [
      'two steps of one name',
      (document) => document.steps.push(structuredClone(document.steps[0]!)),
      '/steps/8/id',
      /id of another step/,
    ],
    [
      'a start after nothing',
      (_, step) => (step('blood')['start'] = { all: [{ after: 'visite' }] }),
      '/steps/1/start/all/0/after',
      /"visite" is not a step/,
    ],
    [
      'a phase that does not exist',
      (_, step) => (step('blood')['phase'] = 'cure'),
      '/steps/1/phase',
      /"cure" is not a phase/,
    ],
    [
      'a condition on a misspelt fact',
      (_, step) => (step('opinion')['when'] = 'creatinin > 110'),
      '/steps/2/when',
      /"creatinin" is not a known fact/,
    ],
    [
      'a condition that swallows the unknown',
      (_, step) => (step('opinion')['when'] = 'creatinine.exists().not()'),
      '/steps/2/when',
      /may not be used/,
    ],
    [
      'a value of the wrong type',
      (_, step) => (step('blood')['doneBy'] = { fact: 'meeting.decision', in: ['good'] }),
      '/steps/1/doneBy/in/0',
      /"good" is not a value/,
    ],
    [
      'an outcome that nobody can give',
      (_, step) => (step('blood')['outcomes'] = ['good']),
      '/steps/1/outcomes',
      /lacks the outcome "bad"/,
    ],
    [
      'a limit that depends on a measurement’s age',
      (_, step) =>
        (step('surgery')['window'] = {
          latest: '6wk',
          tighter: [{ when: 'creatinine.within(1 day) > 1', latest: '4wk' }],
        }),
      '/steps/5/window/tighter/0/when',
      /within/,
    ],
    [
      'an occurrence of a step that has none',
      (_, step) => (step('surgery')['start'] = { all: [{ after: 'cycle', each: true }] }),
      '/steps/5/start/all/0/each',
      /not repeated as often/,
    ],
    [
      'a rung of the ladder that nobody holds',
      (_, step) =>
        (step('visit')['late'] = { title: testProtocol.title, owner: 'IDEC', ladder: [{ role: 'NEP', after: '4h' }] }),
      '/steps/0/late/ladder/0/role',
      /role "NEP"/,
    ],
    [
      'a branch that does not exist',
      (_, step) => (step('visit')['branch'] = 'surgery-first'),
      '/steps/0/branch',
      /"surgery-first" is not a branch/,
    ],
    [
      'more anchors asked for than there are',
      (_, step) => (step('blood')['start'] = { n: 2, of: [{ after: 'visit' }] }),
      '/steps/1/start/n',
      /asks for 2 of 1/,
    ],
    [
      'a start before a date that only the event itself gives',
      (_, step) => (step('blood')['start'] = { all: [{ after: 'visit', offset: '-3d' }] }),
      '/steps/1/start/all/0/offset',
      /known only once it has come/,
    ],
    [
      'a step that what it follows cancels',
      (_, step) => (step('visit')['cancels'] = ['blood']),
      '/steps/1/start',
      /follows "visit", which cancels it/,
    ],
    [
      'a step that only unreachable steps lead to',
      (_, step) => (step('blood')['when'] = 'patient.age > 80 and patient.age < 20'),
      '/steps/4/start',
      /follows "blood", which no patient comes to/,
    ],
    [
      'a wait for the end of a series that has none',
      (_, step) => (step('cycle')['repeat'] = { schedule: [{ every: '1mo' }] }),
      '/steps/5/start/all/0/after',
      /waits for the end of "cycle", which has none/,
    ],
    [
      'a series that never moves on',
      (_, step) => (step('cycle')['repeat'] = { schedule: [{ every: '0d', for: '1y' }] }),
      '/steps/4/repeat/schedule/0/every',
      /never comes to the next/,
    ],
    [
      'a rhythm after one that has no end',
      (_, step) => (step('cycle')['repeat'] = { schedule: [{ every: '1mo' }, { every: '3mo', for: '1y' }] }),
      '/steps/4/repeat/schedule/1',
      /follows a rhythm that has no end/,
    ],
    [
      'a step that its own end reopens',
      (_, step) => (step('blood')['again'] = [{ fact: 'task.done', in: ['good'] }]),
      '/steps/1/again/0',
      /reopened by what finishes it/,
    ],
    [
      'an end that a missed step keeps from coming',
      (_, step) => (step('closing')['mandatory'] = false),
      '/ends/0/after',
      /never reached once "closing" is missed/,
    ],
    [
      'a window over before its start can come',
      (_, step) => (step('closing')['window'] = { latest: '3wk', from: 'surgery' }),
      '/steps/7/window/latest',
      /over before the step may start/,
    ],
    [
      'a limit before the earliest',
      (_, step) =>
        (step('surgery')['window'] = {
          ...{ earliest: '3wk', latest: '6wk' },
          tighter: [{ when: 'patient.age >= 75', latest: '2wk' }],
        }),
      '/steps/5/window/tighter/0/latest',
      /ends before the earliest/,
    ],
    [
      'a wait that nobody can end',
      (_, step) => {
        Object.assign(step('leaflet'), { kind: 'wait', doneBy: { fact: 'biopsy.result' } });
        delete step('leaflet')['document'];
      },
      '/steps/3/doneBy/fact',
      /"biopsy.result", which no step records/,
    ],
    [
      'a common fact in another unit',
      (document) =>
        Object.assign(document, {
          facts: { creatinine: { type: 'number', unit: 'mg/dL', description: 'Other', tie: 'unknown' } },
        }),
      '/facts/creatinine/unit',
      /is in umol\/L for every protocol/,
    ],
    [
      'a text for the patient that tells the diagnosis (H2)',
      (_, step) => {
        const told = { plain: 'Your cancer treatment', simple: 'A visit' };
        const quiet = { plain: 'Une visite', simple: 'Une visite' };
        step('visit')['patient'] = { before: { fr: quiet, en: told } };
      },
      '/steps/0/patient/before/en/plain',
      /tells the diagnosis/,
    ],
    [
      'a circle',
      (_, step) => (step('visit')['start'] = { all: [{ after: 'blood' }] }),
      '/steps/0/start',
      /waits for itself: visit → blood → visit/,
    ],
    [
      'a window that cannot be met',
      (_, step) => (step('surgery')['window'] = { earliest: '8wk', latest: '6wk' }),
      '/steps/5/window/earliest',
      /after the latest/,
    ],
    [
      'a target after the latest',
      (_, step) => (step('visit')['window'] = { target: '8d', latest: '5wd' }),
      '/steps/0/window/target',
      /after the latest/,
    ],
    [
      'a wait for what nobody records',
      (_, step) => (step('opinion')['when'] = "her2 = 'positive'"),
      '/steps/2/when',
      /"her2", which no step records/,
    ],
    [
      'no way to end but death',
      (document) => (document.ends = document.ends.filter((end) => end.status === 'DIED')),
      '/ends',
      /no way to end COMPLETED/,
    ],
    [
      'a neutral label that tells the diagnosis (H2)',
      (_, step) => (step('visit')['labelBefore'] = { fr: 'Séance de chimiothérapie', en: 'Session' }),
      '/steps/0/labelBefore/fr',
      /tells the diagnosis/,
    ],
    [
      'an example that fails',
      (document) => (document.examples = [example('late')]),
      '/examples/0/expect/steps/visit/status',
      /expected .* "late", found "due"/,
    ],
    [
      'an example of a step that does not exist',
      (document) => (document.examples = [{ ...example('due'), expect: { steps: { visite: 'due' } } }]),
      '/examples/0/expect/steps/visite',
      /is not a step/,
    ],
  ])('with %s is refused', (_, breakIt, pointer, message) => {
    const faults = checkProtocol(broken(breakIt));
    expect(faults.map((found) => found.pointer)).toContain(pointer);
    expect(faults.map((found) => found.message).join('\n')).toMatch(message);
    for (const found of faults) expect(found.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('in YAML is read too, and a fault points to its line', () => {
    const text = stringify(testProtocol);
    expect(checkProtocolText(text)).toEqual([]);
    const misspelt = text.replace('creatinine.within(14 days)', 'creatinin.within(14 days)');
    const line = misspelt.split('\n').findIndex((row) => row.includes('creatinin.within')) + 1;
    expect(checkProtocolText(misspelt)).toMatchObject([{ pointer: '/steps/2/when', line }]);
    expect(checkProtocolText('{ "id": ')).toMatchObject([{ line: 1 }]);
  });

  it('with a fault is not loaded, and the refusal says where', () => {
    const load = () => loadProtocol(broken((_, step) => (step('visit')['role'] = 'NEP')));
    expect(load).toThrow(DomainError);
    expect(load).toThrow(/PROTOCOL_INVALID.*\/steps\/0\/role/);
  });

  it('takes no new patient after its review day, the day itself included', () => {
    const protocol = loadProtocol(testProtocol);
    expect(takesNewPatients(protocol, '2027-06-30T21:59:59Z', 'Europe/Paris')).toBe(true);
    expect(takesNewPatients(protocol, '2027-06-30T22:00:00Z', 'Europe/Paris')).toBe(false);
  });
});

describe('the hash of a protocol', () => {
  it('does not depend on the order of names, and changes with any content', () => {
    const reordered = Object.fromEntries(Object.entries(testProtocol).reverse()) as ProtocolDocument; // the same names
    expect(protocolSha256(reordered)).toBe(protocolSha256(testProtocol));
    expect(protocolSha256({ ...testProtocol, version: 2 })).not.toBe(protocolSha256(testProtocol));
    expect(loadProtocol(stringify(testProtocol)).sha256).toBe(protocolSha256(testProtocol));
  });
});
