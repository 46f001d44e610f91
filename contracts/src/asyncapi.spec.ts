import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { asyncApiDocument } from './index';

const file = join(__dirname, '..', 'asyncapi.json');
const generated = `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;

describe('contracts/asyncapi.json', () => {
  it('is what the catalogue folds to (UPDATE_CONTRACTS=1 writes it anew)', () => {
    if (process.env.UPDATE_CONTRACTS === '1') writeFileSync(file, generated);
    expect(readFileSync(file, 'utf8')).toBe(generated);
  });

  it('is a valid AsyncAPI document', async () => {
    const diagnostics = await new Parser().validate(generated);
    expect(
      diagnostics.filter(({ severity }) => `${severity}` === '0').map((one) => `${one.path.join('.')}: ${one.message}`),
    ).toEqual([]);
  }, 60_000);
});
