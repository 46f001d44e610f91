import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { format, resolveConfig } from 'prettier';
import { ProtocolSchema } from './document';
import { Anchor, Condition, FactMatch, Label, Late, PatientText, Repeat, Source, Start, Window } from './schema-parts';
import { Step } from './step-document';
import { testProtocol } from './test-protocol';
import { VariantSchema } from './variant-document';

const schemas = { 'protocol.schema.json': ProtocolSchema, 'protocol-variant.schema.json': VariantSchema } as const;

/** The parts that stand under `$defs`, written once. */
const parts: Readonly<Record<string, object>> = {
  ...{ Step, Start, Anchor, Window, Repeat, FactMatch: FactMatch(''), Late, Source, PatientText },
  ...{ Label: Label(''), Condition: Condition('') },
};

const shapeOf = (schema: object): string => JSON.stringify({ ...schema, description: undefined });
const names = new Map(Object.entries(parts).map(([name, part]) => [shapeOf(part), name]));

/** The schema with each known part as a reference; a description of its own stays beside it. */
function referring(value: unknown, isPart = false): unknown {
  if (Array.isArray(value)) return value.map((item) => referring(item));
  if (typeof value !== 'object' || value === null) return value;
  const name = isPart ? undefined : names.get(shapeOf(value));
  const description = 'description' in value ? { description: value.description } : {};
  if (name !== undefined) return { $ref: `#/$defs/${name}`, ...description };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, referring(inner)]));
}

async function published(name: keyof typeof schemas): Promise<string> {
  const $defs = Object.fromEntries(Object.entries(parts).map(([part, schema]) => [part, referring(schema, true)]));
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const schema = { $schema, ...(referring(schemas[name]) as object), $defs }; // an object stays one
  const options = await resolveConfig(join(__dirname, name));
  return format(JSON.stringify(schema), { ...options, parser: 'json' });
}

/** Every property of every object in a schema, with the way to it. */
function propertiesOf(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const own =
      name === 'properties' && typeof inner === 'object' && inner !== null
        ? Object.entries(inner).map(([property, schema]) => [`${path}/${property}`, schema] as const)
        : [];
    return [...own, ...propertiesOf(inner, `${path}/${name}`)];
  });
}

const read = (name: string): string => readFileSync(join(__dirname, '..', name), 'utf8');

describe.each(['protocol.schema.json', 'protocol-variant.schema.json'] as const)('the published %s', (name) => {
  it('is the schema that the check uses (UPDATE_CONTRACTS=1 writes it anew)', async () => {
    const written = await published(name);
    if (process.env['UPDATE_CONTRACTS'] === '1') writeFileSync(join(__dirname, '..', name), written);
    expect(read(name)).toBe(written);
  });

  it('says of every property what it means', () => {
    const properties = propertiesOf(JSON.parse(read(name)));
    const silent = properties.filter(
      ([, schema]) => typeof schema !== 'object' || schema === null || !('description' in schema),
    );
    expect(properties.length).toBeGreaterThan(100);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('is read by a reader of JSON Schema, which takes a protocol of its form and refuses a misspelt name', () => {
    const schema: object = JSON.parse(read(name)) as object;
    const validate = new Ajv2020({ strict: false, discriminator: false }).compile(schema);
    const { id, version, title, reviewBy, sources, steps } = testProtocol;
    const variant = {
      variantOf: { id: 'base', version: 1 },
      id,
      version,
      title,
      reviewBy,
      sources,
      steps,
      examples: [],
    };
    const document = name === 'protocol.schema.json' ? testProtocol : variant;
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(validate({ ...document, step: [] })).toBe(false);
    expect(validate({ ...document, steps: [{ ...steps[0], windows: {} }] })).toBe(false);
  });
});
