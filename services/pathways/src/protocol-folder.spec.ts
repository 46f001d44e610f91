import { smallProtocol } from './protocol.fixture';
import { protocolsFrom } from './protocol-folder';

const { id, version } = smallProtocol.document;
const base = JSON.stringify(smallProtocol.document);
const sources = [{ rule: 'local', text: 'made up for tests', tag: 'proposal' }];
const variant = (change: object = {}): string =>
  JSON.stringify({
    variantOf: { id, version },
    id: 'small-here',
    version: 1,
    title: { fr: 'Petit protocole d’ici', en: 'Small protocol of here' },
    reviewBy: '2027-03-31',
    sources: ['made up for tests'],
    steps: [{ id: 'imaging', window: { target: '3wd', latest: '4wd' }, sources }],
    examples: [
      {
        name: 'the entry is due here too',
        given: { now: '2026-03-02T09:00:00Z', enrolledAt: '2026-03-02T08:00:00Z', facts: [] },
        expect: { steps: { entry: 'due' } },
      },
    ],
    ...change,
  });

describe('a folder of protocols', () => {
  it('has a local variant laid onto its base, whichever of the two files comes first', () => {
    for (const texts of [
      [base, variant()],
      [variant(), base],
    ]) {
      const loaded = protocolsFrom(texts);
      const here = loaded.find(({ document }) => document.id === 'small-here');
      expect(here?.document).toMatchObject({ inherits: { id, version }, reviewBy: '2027-03-31' });
      expect(here?.document.steps).toHaveLength(smallProtocol.document.steps.length);
      expect(here?.document.steps.find((step) => step.id === 'imaging')).toMatchObject({
        window: { target: '3wd', latest: '4wd' },
      });
      expect(loaded.find(({ document }) => document.id === id)?.sha256).toBe(smallProtocol.sha256);
    }
  });

  it('is refused with a variant whose base is not in it, or that loosens its base', () => {
    expect(() => protocolsFrom([variant()])).toThrow(/the base small, version 1, is not known/);
    const loose = variant({ steps: [{ id: 'imaging', window: { latest: '30wd' }, sources }] });
    expect(() => protocolsFrom([base, loose])).toThrow(/lengthens or drops the latest/);
  });

  it('is refused with a file that is no JSON', () => {
    expect(() => protocolsFrom([base, '{"id":'])).toThrow(/neither JSON nor YAML/);
  });
});
