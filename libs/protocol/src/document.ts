import { type Static, Type } from '@sinclair/typebox';
import { closed, Day, FactCode, Id, Instant, Label, optionalList, Role, Step, Value } from './step-document';

const End = Type.Union([
  Type.Object(
    {
      status: Type.Union([Type.Literal('DIED'), Type.Literal('REFUSED'), Type.Literal('TRANSFERRED')]),
      fact: FactCode,
    },
    { ...closed, description: 'A terminal fact: everything stops at once.' },
  ),
  Type.Object({ status: Type.Literal('COMPLETED'), after: Type.String() }, closed),
]);

const ExampleFact = Type.Object(
  {
    code: FactCode,
    at: Instant,
    value: Type.Optional(Value),
    unit: Type.Optional(Type.String()),
    stepKey: Type.Optional(Type.String()),
  },
  closed,
);

const Example = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    given: Type.Object(
      {
        now: Instant,
        enrolledAt: Instant,
        timeZone: Type.Optional(Type.String()),
        holidays: Type.Optional(Type.String()),
        like: Type.Optional(Type.String({ description: 'An earlier example, whose facts come first.' })),
        facts: Type.Array(ExampleFact),
      },
      closed,
    ),
    expect: Type.Object(
      {
        steps: Type.Optional(
          Type.Record(
            Type.String(),
            Type.Union([
              Type.String(),
              Type.Object(
                {
                  status: Type.Optional(Type.String()),
                  attempt: Type.Optional(Type.Integer()),
                  dueFrom: Type.Optional(Type.String()),
                  target: Type.Optional(Type.String()),
                  latest: Type.Optional(Type.String()),
                  waitingFor: optionalList(Type.String()),
                },
                closed,
              ),
            ]),
          ),
        ),
        milestones: optionalList(Type.String()),
        disclosure: Type.Optional(Type.String()),
        end: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        wakeAt: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      },
      { ...closed, description: 'Only what is named is compared. A step may be given by its status alone.' },
    ),
  },
  closed,
);

const OwnFact = Type.Object(
  {
    type: Type.Union([Type.Literal('event'), Type.Literal('boolean'), Type.Literal('number'), Type.Literal('code')]),
    unit: Type.Optional(Type.String()),
    values: optionalList(Type.String()),
    description: Type.String({ minLength: 1 }),
    tie: Type.Union([Type.Literal('unknown'), Type.Literal('last-recorded')]),
  },
  closed,
);

/** The published schema of a care protocol, as a value; `protocol.schema.json` is written from it. */
export const ProtocolSchema = Type.Object(
  {
    language: Type.Literal(1),
    id: Id('Stable over versions.'),
    version: Type.Integer({ minimum: 1 }),
    title: Label,
    notice: Label,
    reviewBy: Type.String({ pattern: Day.pattern, description: 'After this day it takes no new patient.' }),
    sources: Type.Array(Type.String(), { minItems: 1 }),
    roles: Type.Record(Role, Label, { description: 'The roles its care team must hold.' }),
    phases: Type.Array(Type.Object({ id: Id('Unique.'), label: Label, labelBefore: Label }, closed), { minItems: 1 }),
    facts: Type.Optional(Type.Record(FactCode, OwnFact, { description: 'Codes of its own, beyond the common ones.' })),
    steps: Type.Array(Step, { minItems: 1 }),
    ends: Type.Array(End, { minItems: 1 }),
    examples: Type.Array(Example),
  },
  {
    ...closed,
    $id: 'urn:ariane:protocol:1',
    title: 'Care protocol',
    description: 'An Ariane care protocol, language 1.',
  },
);

export type ProtocolDocument = Static<typeof ProtocolSchema>;
export type ExampleDocument = Static<typeof Example>;
export type EndDocument = Static<typeof End>;
