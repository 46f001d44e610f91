import { closed, kindFields, list, orNull, ref, text } from './kind-fields';

/**
 * JSON Schema of the payment contract language, version 1. It accepts every document that the first form of the
 * language accepts, and adds kinds, `protocols`, `legalBasis`, `sources`, `illustrative` and, where protocols are
 * named, the dated `tables.points`. The fields of a component depend on its kind and are asked for by `if`/`then`, so
 * that an error names its place. Published as `docs/payment-contract-1.schema.json`.
 */
const component = {
  type: 'object',
  required: ['id', 'kind'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
    kind: { enum: Object.keys(kindFields) },
  },
  allOf: Object.entries(kindFields).map(([kind, fields]) => ({
    if: { required: ['kind'], properties: { kind: { const: kind } } },
    then: fields,
  })),
};

const points = closed(['kind', 'points', 'from', 'to'], {
  kind: ref('id'),
  points: { type: 'string', pattern: '^\\d+(\\.\\d+)?$' },
  from: ref('date'),
  to: orNull(ref('date')),
  source: text,
});

const definitions = {
  id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,63}$' },
  ref: { type: 'string', pattern: '^[a-z]+:[A-Za-z0-9-]+$' },
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  money: { type: 'string', pattern: '^-?\\d+\\.\\d{2} [A-Z]{3}$' },
  percent: { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' },
  share: {
    anyOf: [
      { type: 'string', pattern: '^\\d+(\\.\\d+)?%?$' },
      { type: 'string', pattern: '^\\d+/0*[1-9]\\d*$' },
      { type: 'number', minimum: 0 },
    ],
  },
  part: { type: 'string', pattern: '^(\\d{1,2}(\\.\\d+)?%|100%|[1-9]\\d{0,3}/[1-9]\\d{0,3})$' },
  number: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
  param: { anyOf: [ref('money'), ref('percent'), ref('number')] },
  expr: { type: 'string', minLength: 1, maxLength: 400 },
  clause: closed(['id', 'when'], { id: text, when: ref('expr') }),
  reduction: closed(['id', 'when', 'reduction'], { id: text, when: ref('expr'), reduction: ref('expr') }),
  split: list(closed(['to', 'share'], { to: { type: 'string' }, share: ref('percent') })),
  tier: closed(['upTo', 'rate'], { upTo: orNull(ref('percent')), rate: ref('percent') }),
  side: {
    ...closed(['minimumRate', 'cap'], {
      minimumRate: ref('percent'),
      rate: ref('expr'),
      tiers: list(ref('tier')),
      gate: ref('expr'),
      cap: orNull(ref('percent')),
    }),
    oneOf: [{ required: ['rate'] }, { required: ['tiers'] }],
  },
  points,
  component,
};

const example = closed(['name', 'given', 'expect'], {
  name: { type: 'string' },
  given: { type: 'object' },
  expect: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { type: 'object' }] } },
});

const topRequired =
  'language contract version title currency timezone validity parties rounding components examples'.split(' ');

export const contractSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:capitation:contract:1',
  title: 'Payment contract, language version 1',
  ...closed(topRequired, {
    language: { const: 1 },
    contract: ref('id'),
    version: { type: 'integer', minimum: 1 },
    supersedes: closed(['version', 'sha256'], {
      version: { type: 'integer', minimum: 1 },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    }),
    title: text,
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    timezone: { type: 'string' },
    validity: closed(['from', 'to'], { from: ref('date'), to: orNull(ref('date')) }),
    parties: closed(['payer', 'holder'], { payer: ref('ref'), holder: ref('ref'), manufacturer: ref('ref') }),
    rounding: closed(['mode', 'allocation', 'tieBreak'], {
      mode: { enum: ['HALF_UP', 'HALF_EVEN', 'DOWN'] },
      allocation: { enum: ['LARGEST_REMAINDER', 'FIRST_DECLARED', 'CUMULATIVE'] },
      tieBreak: { enum: ['ID', 'DECLARED'] },
    }),
    protocols: list(closed(['id'], { id: ref('id') })),
    legalBasis: { type: 'string', minLength: 1, maxLength: 400 },
    sources: list(text),
    illustrative: { type: 'boolean' },
    params: {
      type: 'object',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9]*$' },
      additionalProperties: ref('param'),
    },
    tables: { type: 'object', additionalProperties: { type: 'array', items: { type: 'object' } } },
    keys: {
      type: 'object',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9]*$' },
      additionalProperties: closed(['by', 'voters', 'quorum', 'majority'], {
        by: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
        voters: { ...list(ref('ref')), uniqueItems: true },
        quorum: ref('part'),
        majority: ref('part'),
      }),
    },
    components: list(ref('component')),
    examples: list(example),
  }),
  // A table named `points` is ours only in a contract that pays pathways; elsewhere its rows are the author's own.
  if: { required: ['protocols'] },
  then: { properties: { tables: { type: 'object', properties: { points: list(ref('points')) } } } },
  $defs: definitions,
};
