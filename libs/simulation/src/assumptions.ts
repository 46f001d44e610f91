import { type Static, Type } from '@sinclair/typebox';
import { Ajv } from 'ajv';

const closed = { additionalProperties: false };
const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

const Habit = Type.Object(
  {
    days: Type.Optional(Type.Number({ minimum: 0, description: 'Median days until it is done, from when it is due.' })),
    ofTarget: Type.Optional(
      Type.Number({ minimum: 0, description: 'Without `days`: the median as a share of the time to the target.' }),
    ),
    spread: Type.Optional(Type.Number({ minimum: 0, maximum: 3, description: 'Standard deviation of the logarithm.' })),
    fails: Type.Optional(share('Attempts that come to nothing: not attended, declined, deferred.')),
    forgotten: Type.Optional(share('Nobody does it until the alert is raised; an optional step is never done.')),
    chasedDays: Type.Optional(Type.Number({ minimum: 0, description: 'Median days from the alert until it is done.' })),
  },
  closed,
);

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const Values = Type.Union([
  Type.Array(Type.Object({ value: Value, weight: Type.Number({ exclusiveMinimum: 0 }) }, closed), { minItems: 1 }),
  Type.Object(
    {
      mean: Type.Number(),
      sd: Type.Number({ minimum: 0 }),
      least: Type.Number(),
      most: Type.Number(),
      decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 3 })),
    },
    { ...closed, description: 'Normal, kept between two limits.' },
  ),
]);

const Assumptions = Type.Object(
  {
    source: Type.String({ minLength: 1, description: 'Where these figures come from.' }),
    enrolmentWeeks: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Enrolments are spread evenly over so many weeks from the start.' }),
    ),
    centres: Type.Optional(Type.Integer({ minimum: 1, maximum: 256, description: 'That share the capacity evenly.' })),
    capacity: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description:
          'Visits a week over all centres, by resource, role or type of meeting; what is not named has room.',
      }),
    ),
    kinds: Type.Optional(Type.Record(Type.String(), Habit, { description: 'By kind of step.' })),
    steps: Type.Optional(Type.Record(Type.String(), Habit, { description: 'By id of step; before its kind.' })),
    values: Type.Optional(Type.Record(Type.String(), Values, { description: 'What is found, by code of fact.' })),
    perYear: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: 'How often per patient and year a fact comes that no step gives: a death, a refusal, a symptom.',
      }),
    ),
    missingFactDays: Type.Optional(
      Type.Number({ minimum: 0, description: 'Days until somebody records a fact that a step waits for.' }),
    ),
  },
  { ...closed, title: 'Assumptions of a simulation' },
);

export type Assumptions = Static<typeof Assumptions>;
export type Habit = Static<typeof Habit>;
export type Values = Static<typeof Values>;

const validate = new Ajv({ allErrors: true, strictTypes: false }).compile<Assumptions>(Assumptions);

/** Narrows what a file says of the world around a protocol. */
export const isAssumptions = (document: unknown): document is Assumptions => validate(document);

/** What is wrong with it: one sentence per fault, with its place. */
export const assumptionFaults = (document: unknown): readonly string[] =>
  validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) => {
        const { additionalProperty } = params;
        const name = typeof additionalProperty === 'string' ? `: "${additionalProperty}"` : '';
        return `${instancePath === '' ? '/' : instancePath}: ${message ?? 'not valid'}${name}`;
      });

/**
 * What is assumed where no file says otherwise: our own proposal, measured nowhere. It lets every branch of a protocol
 * be lived; it says nothing of how often it is in a real territory.
 */
export const builtIn: Assumptions = {
  source: 'built in, a proposal measured nowhere',
  enrolmentWeeks: 52,
  centres: 8,
  missingFactDays: 2,
  kinds: {
    appointment: { ofTarget: 0.8, spread: 0.4, fails: 0.05, forgotten: 0.01, chasedDays: 7 },
    'tele-expertise': { ofTarget: 0.7, spread: 0.4, fails: 0.05, forgotten: 0.01, chasedDays: 3 },
    meeting: { ofTarget: 0.8, spread: 0.2, fails: 0.05, forgotten: 0, chasedDays: 7 },
    task: { ofTarget: 0.6, spread: 0.5, fails: 0.03, forgotten: 0.02, chasedDays: 2 },
    questionnaire: { ofTarget: 0.5, spread: 0.6, fails: 0.05, forgotten: 0.1, chasedDays: 3 },
    document: { ofTarget: 0.8, spread: 0.3, fails: 0.03, forgotten: 0.02, chasedDays: 3 },
    wait: { ofTarget: 0.8, spread: 0.5, fails: 0.05, forgotten: 0.02, chasedDays: 7 },
    other: { ofTarget: 0.8, spread: 0.4, fails: 0.05, forgotten: 0.01, chasedDays: 7 },
  },
  values: { 'patient.age': { mean: 62, sd: 13, least: 18, most: 98 } },
  perYear: { 'patient.died': 0.02, 'patient.refused': 0.01, 'patient.transferred': 0.01, 'relapse.confirmed': 0.02 },
};

/** A file's assumptions over the built-in ones: each habit and value it names replaces, the rest stays. */
export const assumed = (given: Assumptions | undefined): Assumptions => ({
  ...builtIn,
  ...given,
  kinds: { ...builtIn.kinds, ...given?.kinds },
  values: { ...builtIn.values, ...given?.values },
  perYear: { ...builtIn.perYear, ...given?.perYear },
});
