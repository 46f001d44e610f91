import { installed } from './protocols.store';

const documents = installed.map(({ document }) => [document.id, document] as const);
const breastCancer = installed.find(({ document }) => document.id === 'breast-cancer')?.document;
const languages = ['fr', 'en'] as const;

/** Longer sentences are no short ones; sixteen words is what the documents' authors allowed themselves. */
const SIMPLE_WORDS_MAX = 16;

describe('the installed protocols', () => {
  it.each(documents)('say it in short sentences to whoever reads %s at the simple level', (_id, { steps }) => {
    const texts = steps.flatMap(({ patient }) =>
      [patient?.before, patient?.after].flatMap((text) =>
        text === undefined ? [] : languages.map((language) => text[language].simple),
      ),
    );
    expect(texts.length).toBeGreaterThan(0);
    const sentences = texts.flatMap((text) => text.split(/[.!?:;]\s*/));
    expect(sentences.filter((one) => one.split(/\s+/).length > SIMPLE_WORDS_MAX)).toEqual([]);
  });

  it('have for each late step of breast cancer a tier, and a ladder that leaves its owner', () => {
    const late = (breastCancer?.steps ?? []).flatMap((step) => (step.kind === 'milestone' ? [] : [step.late]));
    expect(late.length).toBeGreaterThan(30);
    for (const { tier, ladder, owner } of late) {
      expect(tier).toBeGreaterThanOrEqual(1);
      expect((ladder ?? []).map(({ role }) => role)).not.toEqual([]);
      expect((ladder ?? [])[0]?.role).not.toBe(owner);
    }
  });

  it('tell a woman what breast cancer’s treatments are only after the announcement', () => {
    const treatments = ['surgery', 'chemo-cycle', 'neoadjuvant-cycle', 'radiotherapy', 'endocrine', 'meeting-1'];
    const told = (breastCancer?.steps ?? []).filter(({ id }) => treatments.includes(id));
    expect(told).toHaveLength(treatments.length);
    for (const { patient } of told) {
      expect(patient?.after?.fr.plain).not.toBe(patient?.before?.fr.plain);
      expect(patient?.after).toBeDefined();
    }
  });
});
