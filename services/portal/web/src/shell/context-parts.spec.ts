import { contextOf, type PathwayRead, type TimelineRead } from './context-parts';

const pathway = {
  steps: [
    { key: 'late', kind: 'task', label: 'Bilan', role: 'RAD', status: 'late', latest: '2026-03-04' },
    { key: 'b', kind: 'task', label: 'Biopsie', role: 'RAD', status: 'done', doneAt: '2026-03-03' },
    { key: 'a', kind: 'task', label: 'Imagerie', role: 'RAD', status: 'done', doneAt: '2026-03-01' },
    { key: 'later', kind: 'task', label: 'Chirurgie', role: 'SUR', status: 'waiting' },
  ],
} as unknown as PathwayRead; // only what is looked at

const fact = (code: string, value: string | number, at: string) => ({ what: 'fact', code, value, at });
const timeline = (...items: TimelineRead['items']): TimelineRead => ({ items });
const words = { fact: (code: string) => code, value: String };
const day = (instant: string) => instant;

describe('what a pathway has to tell', () => {
  it('is the last value of each result, and nothing of the work itself', () => {
    const items = timeline(fact('creatinine', 90, '1'), fact('task.done', 'ok', '2'), fact('creatinine', 118, '3'));
    expect(contextOf(pathway, items, words, day)[0]).toEqual({ id: 'results', lines: ['creatinine : 118 (3)'] });
  });

  it('is what was done, oldest first, and what is due, and not what may come', () => {
    const [done, next] = contextOf(pathway, timeline(), words, day);
    expect(done?.lines).toEqual(['Imagerie (2026-03-01)', 'Biopsie (2026-03-03)']);
    expect(next?.lines).toEqual(['Bilan (2026-03-04)']);
  });
});
