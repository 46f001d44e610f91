import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from './run';

const capitation = join(__dirname, '../../../services/capitation');
const folder = mkdtempSync(join(tmpdir(), 'price-'));

type Amounts = Record<string, string | Record<string, string>>;
interface Example {
  readonly name: string;
  readonly given: Record<string, unknown>;
  readonly expect: Amounts;
}
interface Document extends Record<string, unknown> {
  readonly components: Record<string, unknown>[];
  readonly examples: readonly Example[];
}

const read = (file: string): Document => JSON.parse(readFileSync(file, 'utf8')) as Document; // as: our own files
const documents = ['fixtures', 'payment-contracts'].flatMap((name) =>
  readdirSync(join(capitation, name))
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(capitation, name, file)),
);
const bundle = read(join(capitation, 'fixtures/1-bundle.json'));

function write(name: string, document: unknown): string {
  writeFileSync(join(folder, name), typeof document === 'string' ? document : JSON.stringify(document));
  return name;
}

async function priced(contract: string, facts: string) {
  const [out, told] = [[] as string[], [] as string[]];
  const code = await run(['price', contract, facts], {
    folder,
    stackFile: join(folder, 'no-stack.json'),
    token: undefined,
    write: (text) => out.push(text),
    tell: (text) => told.push(text),
    interrupted: () => new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

describe('ariane price CONTRACT FACTS', () => {
  const examples = documents.flatMap((file) =>
    read(file).examples.map((example) => [`${file.split('/').at(-1)}, ${example.name}`, file, example] as const),
  );

  it.each(examples)('%s comes out to the cent', async (_, file, { given, expect: expected }) => {
    const { code, out, told } = await priced(file, write('given.json', given));
    expect([code, told]).toEqual([0, '']);
    const { amounts, explain } = JSON.parse(out) as { amounts: Amounts; explain: Record<string, unknown> };
    expect(amounts).toMatchObject(expected);
    if (Object.keys(expected).length === 0) expect(amounts).toEqual({});
    const isMoney = (list: Record<string, string>) => !/[a-z]/.test(Object.values(list).join());
    for (const [name, amount] of Object.entries(amounts)) {
      if (typeof amount === 'string' || isMoney(amount)) expect(Object.keys(explain)).toContain(name);
    }
  });

  it('takes YAML for both files and gives what JSON gives', async () => {
    const { given } = bundle.examples[0]!;
    const json = await priced(write('c.json', bundle), write('g.json', given));
    const yaml = await priced(write('c.yaml', stringify(bundle)), write('g.yaml', stringify(given)));
    expect(yaml.out).toBe(json.out);
    expect(yaml.code).toBe(0);
  });

  it('prints the parts of a great pool once with all weights, not once for each', async () => {
    const participants = Array.from({ length: 3000 }, (_, index) => ({ id: `prac:p-${index}`, points: '1' }));
    const facts = write('many.json', { pathway: { status: 'COMPLETED' }, participants });
    const { out } = await priced(write('c.json', bundle), facts);
    const { explain } = JSON.parse(out) as { explain: { share: { weights: unknown[]; parts: object } } };
    expect([explain.share.weights.length, Object.keys(explain.share.parts).length]).toEqual([3000, 3000]);
  });

  const change = (index: number, fields: object) => ({
    ...bundle,
    components: bundle.components.map((one, at) => (at === index ? { ...one, ...fields } : one)),
  });
  it.each([
    ['money times money', change(0, { price: 'price * price' }), 'components.forfait.price', 'Money is added to'],
    ['an expression that ends too early', change(0, { price: 'price *' }), 'components.forfait.price', 'Correct'],
    ['shares of 99 %', change(0, { split: [{ to: 'pool', share: '99%' }] }), 'components.forfait.split', '100 %'],
    ['a name from nowhere', change(1, { weight: 'pints' }), 'components.share.weight', 'Name a parameter'],
    ['a missing field', { ...bundle, currency: undefined }, 'document', 'See docs/payment-contracts.md'],
    ['a kind nobody knows', change(0, { kind: 'lottery' }), 'components.0.kind', 'Write one of bundle'],
    ['a field that is all but another', change(0, { trigger: undefined, Triger: 'true' }), 'Triger', 'Write "trigger"'],
    [
      'more withheld than there is',
      { ...bundle, components: [...bundle.components, { id: 'held', kind: 'withhold', of: 'forfait', share: '101%' }] },
      'components.held.share',
      'At most all',
    ],
  ])('refuses a contract with %s: code 2, place and remedy on standard error', async (_, contract, place, remedy) => {
    const { code, out, told } = await priced(write('bad.json', contract), write('g.json', bundle.examples[0]!.given));
    expect([code, out]).toEqual([2, '']);
    expect(told).toMatch(/^bad\.json/);
    expect(told).toContain(place);
    expect(told).toContain(remedy);
  });

  it.each([
    ['no facts', {}, '"pathway.status" is missing'],
    ['a list', [], 'must hold an object of facts'],
    ['a weight below zero', { participants: [{ id: 'prac:a', points: '-1' }] }, 'negative'],
    [
      'somebody twice',
      {
        participants: [
          { id: 'a', points: '1' },
          { id: 'a', points: '1' },
        ],
      },
      'an id appears twice',
    ],
    ['another currency', { participants: [{ id: 'a', points: '1.00 USD' }] }, 'USD, not EUR'],
    ['a row without its weight', { participants: [{ id: 'a', points: '1' }, { id: 'b' }] }, 'participants.1: '],
    ['a division by nothing', { participants: [{ id: 'a', points: '1/0' }] }, '"a.points" is refused: divided by zero'],
  ])('refuses %s as facts: code 2, place and remedy on standard error', async (_, facts, sentence) => {
    const given =
      Array.isArray(facts) || Object.keys(facts).length === 0 ? facts : { pathway: { status: 'COMPLETED' }, ...facts };
    const { code, out, told } = await priced(write('c.json', bundle), write('facts.json', given));
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(sentence);
  });

  const capitated = read(join(capitation, 'fixtures/2-pmpm.json'));
  const june = capitated.examples[0]!.given;
  it.each([
    ['fewer days than none', { members: [{ id: 'A', raw: '1', days: '-3' }] }, 'not from 0 to daysInPeriod'],
    ['more days than the month has', { members: [{ id: 'A', raw: '1', days: '31' }] }, 'not from 0 to daysInPeriod'],
    [
      'a month of no days',
      { daysInPeriod: '0' },
      'members.0: FACT_MALFORMED: The fact "daysInPeriod" is refused: zero',
    ],
    ['words for a number', { members: [{ id: 'A', raw: 'high', days: '3' }] }, '"A.raw" is refused: it does not go'],
  ])('never pays for %s', async (_, facts, sentence) => {
    const { code, out, told } = await priced(write('c.json', capitated), write('f.json', { ...june, ...facts }));
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(sentence);
  });

  it('reads a condition that is neither true nor false as neither: "true" is a text', async () => {
    const drug = read(join(capitation, 'fixtures/4-outcome.json'));
    const facts = write('f.json', { ...drug.examples[0]!.given, infused: 'true' });
    const { code, out, told } = await priced(write('c.json', drug), facts);
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain('The fact "infused" is refused: not true or false');
  });

  it('refuses a number that a computer does not hold as it is written, by its line', async () => {
    const facts = write(
      'f.yaml',
      'pathway: {status: COMPLETED}\nparticipants:\n  - {id: a, points: 12345678901234567890}\n',
    );
    const { code, out, told } = await priced(write('c.json', bundle), facts);
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain('f.yaml, line 3: 12345678901234567890 has too many digits');
    const exact = write(
      'f.yaml',
      'pathway: {status: COMPLETED}\nparticipants: [{id: a, points: 1.50}, {id: b, points: 3}]\n',
    );
    expect((await priced(write('c.json', bundle), exact)).out).toContain('"a": "370.37 EUR"');
  });

  it('refuses YAML with an anchor, by its line', async () => {
    const { code, told } = await priced(write('c.json', bundle), write('a.yaml', 'a: &x 1\nb: *x\n'));
    expect([code, told]).toEqual([2, 'a.yaml, line 1: anchors and aliases are not read here: write the value out.\n']);
  });
});
