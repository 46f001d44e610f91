import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProtocolText, loadProtocol } from './check';
import type { Fact, FactValue } from './fact';
import { next } from './next';
import type { Plan } from './plan';

const file = join(__dirname, '../../../services/pathways/protocols/breast-cancer.json');
const text = readFileSync(file, 'utf8');
const protocol = loadProtocol(text);
const enrolledAt = '2026-03-02T08:00:00Z';

type Recorded = Readonly<Record<string, FactValue>>;

/** What is recorded with each step, beyond that it was done; `outcome` is the value of the fact that finishes it. */
const usual: Readonly<Record<string, Recorded>> = {
  entry: { 'patient.age': 78, 'tumour.side': 'left' },
  imaging: { 'imaging.acr': 5 },
  pathology: { 'biopsy.result': 'malignant', er: 'positive', pr: 'negative', her2: 'positive' },
  'second-reading': { outcome: 'malignant' },
  announcement: { 'disclosure.announced': true },
  g8: { 'g8.score': 13 },
  'meeting-1': { 'meeting.decision': 'SURGERY_FIRST' },
  'care-plan': { outcome: 'accepted' },
  'neoadjuvant-check': { outcome: 'go', 'clinical-rule.renal-dose': 'no-review' },
  'surgical-pathology': { 'nodes.positive': false },
  'meeting-2': { 'meeting.decision': 'CHEMOTHERAPY_RADIOTHERAPY' },
  'chemo-check': { outcome: 'go', 'clinical-rule.renal-dose': 'review' },
};

const finishing = {
  ...{ appointment: 'appointment.attended', meeting: 'case.decided', questionnaire: 'questionnaire.answered' },
  ...{
    'tele-expertise': 'opinion.given',
    task: 'task.done',
    document: 'document.signed',
    wait: '',
    milestone: '',
    'sub-protocol': '',
  },
} as const;

/** People who do each step the day after it is due, until nothing is left to do. */
function play(differently: Readonly<Record<string, Recorded>> = {}): { plan: Plan; wasLate: string[]; done: string[] } {
  const acts = { ...usual, ...differently };
  const facts: Fact[] = [];
  const wasLate = new Set<string>();
  let now = enrolledAt;
  for (let turn = 0; turn < 300; turn += 1) {
    const plan = next(protocol, facts, { now, enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' });
    for (const step of plan.steps) if (step.status === 'late') wasLate.add(step.key);
    const due = plan.steps.find(
      (step) => step.status === 'due' || (step.status === 'late' && step.waitingFor.length === 0),
    );
    if (plan.end || (!due && !plan.wakeAt)) {
      return {
        plan,
        wasLate: [...wasLate],
        done: plan.steps.filter((step) => step.status === 'done').map((step) => step.key),
      };
    }
    if (!due) {
      now = plan.wakeAt ?? now;
      continue;
    }
    const at = new Date(Math.max(Date.parse(now), Date.parse(due.dueFrom ?? now) + 3_600_000))
      .toISOString()
      .replace('.000', '');
    const { outcome, ...recorded } = acts[due.stepId] ?? {};
    const tell = (code: string, value?: FactValue) => {
      const unit =
        protocol.facts[code]?.type === 'number' ? (protocol.facts[code] as { unit?: string }).unit : undefined; // narrowed above
      facts.push({ id: `f${String(facts.length)}`, code, at, value, unit, stepKey: due.key, seq: facts.length });
    };
    for (const [code, value] of Object.entries(recorded)) tell(code, value);
    if (finishing[due.kind]) tell(finishing[due.kind], outcome);
    now = at;
  }
  throw new Error('the course never ends');
}

const monthsTo = (instant: string | undefined): number =>
  (Date.parse(instant ?? '') - Date.parse(enrolledAt)) / (30.4 * 86_400_000);

describe('the breast cancer protocol', () => {
  it('has no fault, and its examples pass', () => {
    expect(checkProtocolText(text)).toEqual([]);
    expect(protocol.document.examples.length).toBeGreaterThanOrEqual(6);
  });

  it('is marked for review, dated, and every step has its sources', () => {
    expect(protocol.document.notice.en).toMatch(/not validated for clinical use/);
    // As long as a whole course lasts, and not for ever: five years at most from the enrolment that is played here.
    const reviewBy = Date.parse(protocol.document.reviewBy);
    expect(reviewBy).toBeGreaterThan(Date.parse(enrolledAt));
    expect(reviewBy).toBeLessThanOrEqual(Date.parse(enrolledAt) + 5 * 366 * 86_400_000);
    for (const step of protocol.document.steps) expect(step.sources.length).toBeGreaterThan(0);
  });

  it.each<[string, Readonly<Record<string, Recorded>>, string[], number]>([
    [
      'surgery first, chemotherapy and radiotherapy',
      {},
      ['diagnosis', 'surgery', 'treatment-end', 'follow-up-year-1'],
      18,
    ],
    [
      'neoadjuvant, then surgery and radiotherapy',
      { 'meeting-1': { 'meeting.decision': 'NEOADJUVANT' }, 'meeting-2': { 'meeting.decision': 'RADIOTHERAPY' } },
      ['diagnosis', 'surgery', 'treatment-end', 'follow-up-year-1'],
      20,
    ],
    [
      'endocrine treatment alone',
      { 'meeting-1': { 'meeting.decision': 'ENDOCRINE' } },
      ['diagnosis', 'treatment-end', 'follow-up-year-1'],
      18,
    ],
    [
      'an ambiguous biopsy found malignant',
      { pathology: { 'biopsy.result': 'ambiguous', er: 'negative', pr: 'negative', her2: 'negative' } },
      ['diagnosis', 'surgery', 'treatment-end', 'follow-up-year-1'],
      18,
    ],
    ['a benign biopsy', { pathology: { 'biopsy.result': 'benign' } }, [], 2],
    ['a normal mammography', { imaging: { 'imaging.acr': 1 } }, [], 2],
  ])('is played to its end: %s', (_, differently, milestones, months) => {
    const { plan, wasLate } = play(differently);
    expect(plan.end?.status).toBe('COMPLETED');
    expect(plan.milestones.map((milestone) => milestone.id)).toEqual(milestones);
    expect(wasLate).toEqual([]);
    expect(monthsTo(plan.end?.at)).toBeLessThan(months);
  });

  it('reviews the dose before each cycle while the renal rule asks for it, and not otherwise', () => {
    const reviews = (done: readonly string[]) => done.filter((key) => key.startsWith('chemo-dose-review'));
    expect(reviews(play().done)).toHaveLength(6);
    expect(reviews(play({ 'chemo-check': { outcome: 'go', 'clinical-rule.renal-dose': 'no-review' } }).done)).toEqual(
      [],
    );
    expect(
      reviews(play({ 'chemo-check': { outcome: 'go', 'clinical-rule.renal-dose': 'not-assessed' } }).done),
    ).toHaveLength(6);
  });

  it('gives no cycle while the renal rule is silent, and somebody is told (H7)', () => {
    const { plan, wasLate } = play({ 'chemo-check': { outcome: 'go' } });
    expect(plan.end).toBeUndefined();
    expect(wasLate).toEqual(['chemo-dose-review#1']);
    expect(plan.steps.find((step) => step.key === 'chemo-cycle#1')?.status).toBe('waiting');
  });

  it('names nothing to the patient before the announcement (H2)', () => {
    const shown = JSON.stringify(protocol.document.steps.map((step) => step.labelBefore));
    expect(shown).not.toMatch(/cancer|tumeur|tumour|malin|malign|chimio|chemo|onco|radioth|hormono|mammo|sein|breast/i);
  });
});
