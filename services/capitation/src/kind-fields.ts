/**
 * What each kind of component must and may say, as JSON Schema. Components are open: a field that a kind does not know
 * is the author's own remark.
 */
export const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
export const closed = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
export const text = { type: 'string', minLength: 1 };
export const orNull = (schema: unknown) => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: unknown) => ({ type: 'array', minItems: 1, items });

const anyText = { type: 'string' };
const open = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  required,
  properties,
});
const needs = { anyOf: [text, list(text)] };
const dueDay = { anyOf: [ref('expr'), { type: 'integer', minimum: 0 }] };
const days = {
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', pattern: '^\\d+$' },
  ],
};

export const kindFields = {
  bundle: {
    required: ['price', 'split'],
    properties: { trigger: ref('expr'), price: ref('expr'), split: ref('split') },
  },
  redistribute: {
    required: ['from', 'among', 'weight'],
    properties: { from: anyText, among: anyText, weight: ref('expr'), key: text },
  },
  pmpm: {
    required: ['members', 'rate', 'risk', 'proration'],
    properties: {
      members: anyText,
      rate: ref('expr'),
      risk: ref('expr'),
      proration: { enum: ['DAYS', 'WHOLE_MONTH', 'FIFTEENTH'] },
      split: ref('split'),
    },
  },
  withhold: { required: ['of', 'share'], properties: { of: anyText, share: ref('percent') } },
  release: { required: ['of', 'score'], properties: { of: anyText, score: ref('expr') } },
  stopLoss: {
    required: ['patients', 'attachment', 'ceded'],
    properties: { patients: anyText, attachment: ref('expr'), ceded: ref('percent') },
  },
  sharedSavings: {
    required: ['benchmark', 'actual', 'savings', 'losses'],
    properties: {
      benchmark: ref('expr'),
      actual: ref('expr'),
      savings: ref('side'),
      losses: orNull(ref('side')),
      split: ref('split'),
    },
  },
  outcome: {
    required: ['price', 'instalments', 'refunds', 'missingEvidence'],
    properties: {
      price: ref('expr'),
      instalments: list(
        open(['id', 'share', 'due', 'when'], { id: text, share: ref('share'), due: dueDay, when: ref('expr'), needs }),
      ),
      refunds: {
        type: 'array',
        items: open(['id', 'when', 'of', 'share'], {
          id: text,
          when: ref('expr'),
          of: text,
          share: ref('share'),
          needs,
        }),
      },
      missingEvidence: open(['holdDays', 'acceptDays'], { holdDays: days, acceptDays: days }),
      completeness: closed(['records', 'threshold'], { records: text, threshold: ref('percent') }),
    },
  },
  table: {
    required: ['table', 'by'],
    properties: {
      table: text,
      by: list(text),
      among: text,
      times: ref('expr'),
      on: ref('expr'),
      split: ref('split'),
    },
  },
  penalty: {
    required: ['patients', 'amount', 'rules', 'combine'],
    properties: {
      patients: text,
      amount: ref('expr'),
      rules: list(ref('reduction')),
      combine: { enum: ['MULTIPLICATIVE', 'ADDITIVE'] },
      overall: list(ref('reduction')),
      instalments: { type: 'integer', minimum: 2, maximum: 366 },
      reached: ref('expr'),
      split: ref('split'),
    },
    dependencies: { reached: ['instalments'] },
  },
  floor: {
    required: ['of', 'minimum'],
    properties: { of: ref('expr'), minimum: ref('expr'), maximum: ref('expr'), split: ref('split') },
  },
  ffsOffset: {
    required: ['of', 'claims', 'amount', 'share'],
    properties: { of: text, claims: text, amount: ref('expr'), share: ref('percent') },
  },
  growth: {
    required: ['level', 'trend', 'weights', 'share', 'patients'],
    properties: {
      level: ref('expr'),
      trend: ref('expr'),
      weights: closed(['level', 'trend'], { level: ref('share'), trend: ref('share') }),
      share: ref('share'),
      patients: ref('expr'),
      split: ref('split'),
    },
  },
  carry: {
    required: ['of', 'carried'],
    properties: { of: ref('expr'), carried: ref('expr'), limit: ref('expr'), split: ref('split') },
  },
  pool: {
    required: ['fees', 'deductions', 'among', 'weight'],
    properties: {
      fees: ref('expr'),
      deductions: {
        type: 'array',
        items: closed(['id', 'amount'], {
          id: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
          amount: ref('expr'),
        }),
      },
      carried: ref('expr'),
      among: text,
      weight: ref('expr'),
      key: text,
    },
  },
  gatedForfait: {
    required: ['patients', 'amount', 'gates'],
    properties: { patients: text, amount: ref('expr'), gates: list(ref('clause')), split: ref('split') },
  },
  feeForService: {
    required: ['acts', 'table', 'by', 'on'],
    properties: {
      acts: text,
      table: text,
      by: list(text),
      on: ref('expr'),
      exclusions: list(ref('clause')),
      limits: list(
        closed(['id', 'codes', 'per', 'count'], {
          id: text,
          codes: list(text),
          per: list(text),
          count: { type: 'integer', minimum: 0 },
        }),
      ),
      payee: text,
      split: ref('split'),
    },
  },
} as const;
