import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@ariane/kernel';
import fc from 'fast-check';
import type { ContractDocument, Given } from './contract';
import { loadContract } from './load-contract';
import { checkExamples, price } from './price';

const root = join(__dirname, '..');
const documents = ['fixtures', 'payment-contracts'].flatMap(
  (folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.json') && file !== 'onco-pathway-a.json')
      .map((file) => JSON.parse(readFileSync(join(root, folder, file), 'utf8')) as ContractDocument), // as: our own files
);

/** What a tired hand or a hostile one writes in place of a value. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '0',
    '-1',
    '1/0',
    '1e9',
    '100%',
    '12.00 EUR',
    '12.00 USD',
    '2026-02-30',
    true,
    0.5,
  ),
  fc.constantFrom<unknown>(
    {},
    [],
    [{}],
    [{ id: 'x' }],
    'constructor',
    '__proto__',
    'price * price',
    '((',
    'a'.repeat(500),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Every place of a document, as the keys that lead to it. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

/** The document with what stands at a place replaced, or taken away. */
function changed(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === key ? changed(one, rest, put) : (one as unknown)));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, member]) => {
      // as: a place's own parent
      if (name !== key) return [[name, member]];
      return rest.length === 0 && put === undefined ? [] : [[name, changed(member, rest, put)]];
    }),
  );
}

/** Runs what must either do its work or refuse it; a refusal has a code, a sentence and nothing undefined in it. */
function refusedOrDone(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.message).not.toMatch(/undefined|\[object/);
  }
}

const somewhere = <T>(of: (document: ContractDocument) => T) =>
  fc.constantFrom(...documents).chain((document) => {
    const whole = of(document);
    return fc.tuple(
      fc.constant(document),
      fc.constant(whole),
      fc.constantFrom(...placesIn(whole)),
      fc.option(anything, { nil: undefined }),
    );
  });

describe('whatever is written in a contract or its facts', () => {
  it('a contract loads or is refused by name, and never fails in another way', () => {
    fc.assert(
      fc.property(
        somewhere((document) => document),
        ([, document, place, put]) => {
          refusedOrDone(() => {
            checkExamples(loadContract(changed(document, place, put)));
          });
        },
      ),
      { numRuns: 600 },
    );
  });

  it('facts are priced or refused by name, and never fail in another way', () => {
    const loaded = new Map(documents.map((document) => [document, loadContract(document)]));
    const given = somewhere((document) => document.examples.map((example) => example.given));
    fc.assert(
      fc.property(given, ([document, givens, place, put]) => {
        const facts = changed(givens, place, put);
        if (!Array.isArray(facts)) return;
        for (const one of facts as readonly Given[]) {
          // as: on purpose of any shape
          if (typeof one !== 'object' || (one as unknown) === null) continue;
          refusedOrDone(() => {
            price(loaded.get(document)!, one);
          });
        }
      }),
      { numRuns: 600 },
    );
  });
});
