import { type Static, Type } from '@sinclair/typebox';
import {
  closed,
  Condition,
  Day,
  FactCode,
  Id,
  Instant,
  Label,
  listOf,
  Role,
  Source,
  text,
  Value,
} from './schema-parts';
import { Step } from './step-document';

const End = Type.Union(
  [
    Type.Object(
      {
        status: Type.Union(
          [Type.Literal('DIED'), Type.Literal('REFUSED'), Type.Literal('TRANSFERRED'), Type.Literal('EXCLUDED')],
          { description: 'How it ended; EXCLUDED: a rule of the protocol takes the patient out.' },
        ),
        fact: FactCode,
        in: Type.Optional(Type.Array(Value, { minItems: 1, description: 'Only with one of these values.' })),
      },
      { ...closed, description: 'A terminal fact: everything stops at once.' },
    ),
    Type.Object(
      {
        status: Type.Literal('COMPLETED', { description: 'All was done.' }),
        after: text('The last step.'),
      },
      { ...closed, description: 'The step with which the pathway is completed.' },
    ),
  ],
  { description: 'A way to end.' },
);

const ExampleFact = Type.Object(
  {
    code: FactCode,
    at: Instant('When it became true, UTC.'),
    value: Type.Optional(Value),
    unit: Type.Optional(text('Its unit, in UCUM.')),
    stepKey: Type.Optional(text('The occurrence it belongs to: `biopsy`, `cycle#3`.')),
  },
  { ...closed, description: 'Something that became true.' },
);

const ExpectedStep = Type.Object(
  {
    status: Type.Optional(text('Its status.')),
    attempt: Type.Optional(Type.Integer({ description: 'Which attempt, from 1.' })),
    dueFrom: Type.Optional(text('An instant, UTC.')),
    target: Type.Optional(text('An instant, UTC.')),
    latest: Type.Optional(text('An instant, UTC.')),
    waitingFor: Type.Optional(listOf(Type.String(), 'What it waits for, in order.')),
    role: Type.Optional(Role),
    owner: Type.Optional(Role),
    reason: Type.Optional(text('The rule that put it there.')),
  },
  { ...closed, description: 'What the plan must say of an occurrence; only what is named is compared.' },
);

const Example = Type.Object(
  {
    name: text('The rule it shows, as a sentence.'),
    given: Type.Object(
      {
        now: Instant('When the plan is read, UTC.'),
        enrolledAt: Instant('When the patient entered, UTC.'),
        timeZone: Type.Optional(text('`Europe/Paris` unless said.')),
        holidays: Type.Optional(text('The territory of the public holidays; `FR` unless said.')),
        like: Type.Optional(text('An earlier example, whose facts come first.')),
        facts: listOf(ExampleFact, 'What is known.'),
      },
      { ...closed, description: 'A patient.' },
    ),
    expect: Type.Object(
      {
        steps: Type.Optional(
          Type.Record(
            Type.String(),
            Type.Union([Type.String(), ExpectedStep], { description: 'Its status, or more.' }),
            { description: 'By occurrence.' },
          ),
        ),
        milestones: Type.Optional(listOf(Type.String(), 'All that are reached, in the order of the document.')),
        disclosure: Type.Optional(text('SUSPICION or ANNOUNCED.')),
        end: Type.Optional(
          Type.Union([Type.String(), Type.Null()], { description: 'How it has ended; null: it has not.' }),
        ),
        wakeAt: Type.Optional(
          Type.Union([Type.String(), Type.Null()], { description: 'When to look again though nothing happens.' }),
        ),
        conflicts: Type.Optional(
          listOf(
            listOf(Type.String(), 'The branches that hold together.'),
            'Branches that exclude each other and both hold.',
          ),
        ),
      },
      { ...closed, description: 'Only what is named is compared. A step may be given by its status alone.' },
    ),
  },
  { ...closed, description: 'A patient, and what the plan must then be; it is played before activation.' },
);

const OwnFact = Type.Object(
  {
    type: Type.Union([Type.Literal('event'), Type.Literal('boolean'), Type.Literal('number'), Type.Literal('code')], {
      description: 'What its value is; an event has none.',
    }),
    unit: Type.Optional(text('Of a number, in UCUM.')),
    values: Type.Optional(listOf(text('A value.'), 'Of a code: all it may be.')),
    description: text('What it means.'),
    tie: Type.Union([Type.Literal('unknown'), Type.Literal('last-recorded')], {
      description: 'Two values of one instant: a contradiction that is never chosen from, or a state recorded anew.',
    }),
  },
  { ...closed, description: 'A fact of this protocol’s own.' },
);

export const Phase = Type.Object(
  {
    id: Id('Unique.'),
    label: Label('Its name.'),
    labelBefore: Label('Its name for the patient until the diagnosis has been announced.'),
  },
  { ...closed, description: 'A phase of the pathway.' },
);

const Branch = Type.Object(
  {
    id: Id('Unique.'),
    label: Label('Its name.'),
    when: Condition('The branch is taken when it is true; unknown, its steps wait.'),
    excludes: Type.Optional(listOf(text('A branch.'), 'Branches that must never be taken together with this one.')),
    sources: Type.Optional(listOf(Source, 'Where the rule comes from.')),
  },
  { ...closed, description: 'A way through the pathway that some patients take.' },
);

const Pin = { id: Id('Of a protocol.'), version: Type.Integer({ minimum: 1, description: 'Its version.' }) };

/** What a protocol and a local variant of one both have. */
export const heading = {
  id: Id('Stable over versions.'),
  version: Type.Integer({ minimum: 1, description: 'Counts from 1; what a pathway pins.' }),
  title: Label('Its name.'),
  reviewBy: Type.String({ pattern: Day.pattern, description: 'After this day it takes no new patient.' }),
  sources: Type.Array(text('A reference.'), { minItems: 1, description: 'What it rests on.' }),
};
export const Notice = Label('What everybody who reads it must know: what it is not.');
export const Roles = Type.Record(Role, Label('The role’s name.'), {
  description: 'The roles its care team must hold.',
});
export const Facts = Type.Record(FactCode, OwnFact, { description: 'Codes of its own, beyond the common ones.' });
export const Examples = listOf(Example, 'Played before activation; all must pass.');
export const PinnedBase = (description: string) => Type.Object(Pin, { ...closed, description });

/** The published schema of a care protocol, as a value; `protocol.schema.json` is written from it. */
export const ProtocolSchema = Type.Object(
  {
    language: Type.Literal(1, { description: 'The version of this language.' }),
    ...heading,
    notice: Notice,
    inherits: Type.Optional(PinnedBase('Written when a local variant is merged: the protocol it comes from.')),
    roles: Roles,
    watch: Type.Optional(Type.Boolean({ description: 'A roster must cover the roles of its tier 1 and 2 alerts.' })),
    phases: Type.Array(Phase, { minItems: 1, description: 'In the order they are lived.' }),
    facts: Type.Optional(Facts),
    branches: Type.Optional(listOf(Branch, 'Its ways through, optional or exclusive.')),
    steps: Type.Array(Step, { minItems: 1, description: 'In the order they are read; it has no other meaning.' }),
    ends: Type.Array(End, { minItems: 1, description: 'All its ways to end.' }),
    examples: Examples,
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
