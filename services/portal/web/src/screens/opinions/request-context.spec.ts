import { questionWith, splitQuestion } from './request-context';

describe('what a request brings along', () => {
  it('comes back beside the question exactly as it was sent', () => {
    const parts = [{ title: 'Résultats', lines: ['ACR 4', 'HER2 2+'] }];
    expect(splitQuestion(questionWith('  Bénin ou malin ?\nMerci. ', parts))).toEqual({
      question: 'Bénin ou malin ?\nMerci.',
      parts,
    });
  });

  it('leaves a question without anything as it is', () => {
    expect(questionWith('Bénin ?', [])).toBe('Bénin ?');
    expect(splitQuestion('Bénin ?')).toEqual({ question: 'Bénin ?', parts: [] });
  });
});
