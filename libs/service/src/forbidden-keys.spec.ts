import { ValidationFailure } from './field-faults';
import { refuseForbiddenKeys } from './forbidden-keys';

const refusal = (input: unknown, dots = false) => {
  try {
    refuseForbiddenKeys(input, { dots });
    return 'taken';
  } catch (error) {
    if (!(error instanceof ValidationFailure)) throw error;
    return error.faults('en').map(({ field, code }) => `${code} ${field}`)[0];
  }
};

describe('a document kept whole, such as a contract or a bundle', () => {
  it('may hold keys with dots, and nothing else that is forbidden', () => {
    expect(refusal({ 'a.b': 1 }, true)).toBe('taken');
    expect(refusal({ 'a.b': 1 })).toBe('forbiddenKey a.b');
    expect(refusal({ rules: [{ $where: 1 }] }, true)).toBe('forbiddenKey rules.0.$where');
    expect(refusal(JSON.parse('{"__proto__":{}}'), true)).toBe('forbiddenKey __proto__');
  });
});

describe('values', () => {
  it('may hold what keys may not', () => {
    expect(refusal({ a: '$where', b: ['__proto__', 'a.b', null, 1] })).toBe('taken');
  });
});
