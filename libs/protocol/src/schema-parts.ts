import { type Static, type TSchema, Type } from '@sinclair/typebox';

export const closed = { additionalProperties: false };
export const Id = (description: string) => Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60, description });
export const text = (description: string) => Type.String({ minLength: 1, description });
export const listOf = <T extends TSchema>(of: T, description: string) => Type.Array(of, { description });

export const Role = Type.String({ pattern: '^[A-Z]{2,5}$', description: 'A role of the care team: IDEC, SUR, ONC.' });
export const FactCode = Type.String({
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*$',
  description: 'A code of the fact dictionary, common or of this document.',
});
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A civil day.' });
export const Instant = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$', description });
export const Condition = (description: string) =>
  Type.String({ minLength: 1, description: `${description} A strict subset of FHIRPath over the flat facts.` });
export const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'A value of the fact: a code, a number in its unit, true or false.',
});

export const Label = (description: string) =>
  Type.Object({ fr: text('In French.'), en: text('In English.') }, { ...closed, description });

const units = 'd days, wd working days of the territory, wk weeks, mo months, y years';
export const Duration = (description: string) =>
  Type.String({
    pattern: '^\\d{1,3}(d|wd|wk|mo|y)$',
    description: `${description} A civil duration: ${units}.`,
  });
const Offset = Type.String({
  pattern: '^-?\\d{1,3}(d|wd|wk|mo|y)$',
  description: `Counted from there, before it when negative (planned and due dates only): ${units}.`,
});

export const Source = Type.Object(
  {
    rule: text('Which rule or delay it supports.'),
    text: text('The reference, with its version.'),
    tag: Type.Union([Type.Literal('S'), Type.Literal('K'), Type.Literal('M'), Type.Literal('proposal')], {
      description: 'S read in a named source; K general knowledge, to be confirmed; M measured; proposal: ours.',
    }),
  },
  { ...closed, description: 'Where a rule or a delay comes from.' },
);

export const Anchor = Type.Union(
  [
    Type.Object(
      {
        after: text('A step, or `enrolment`. A repeated step counts once its last occurrence is done.'),
        date: Type.Optional(
          Type.Union([Type.Literal('done'), Type.Literal('planned'), Type.Literal('due')], {
            description:
              'Which date of that step: done, its real date (unless said); planned, the slot booked for it until it is ' +
              'done; due, its target, or its latest where it has no target.',
          }),
        ),
        offset: Type.Optional(Offset),
        required: Type.Optional(
          Type.Literal(true, { description: 'If this one is not applicable, neither is the step that follows it.' }),
        ),
        each: Type.Optional(Type.Literal(true, { description: 'Follow the occurrence of the same number.' })),
      },
      { ...closed, description: 'A date of a step, or enrolment.' },
    ),
    Type.Object(
      {
        fact: FactCode,
        of: Type.Optional(text('Only a fact of this step.')),
        offset: Type.Optional(Offset),
      },
      { ...closed, description: 'The instant of the latest fact of a code.' },
    ),
  ],
  { description: 'Where the clock starts. A step that is not applicable is passed over.' },
);
const Anchors = Type.Array(Anchor, { minItems: 1, description: 'What is followed.' });

export const Start = Type.Union(
  [
    Type.Object({ all: Anchors }, { ...closed, description: 'Once all came to pass; the last of them counts.' }),
    Type.Object({ any: Anchors }, { ...closed, description: 'Once one came to pass; the first of them counts.' }),
    Type.Object(
      { n: Type.Integer({ minimum: 1, maximum: 60, description: 'How many of them.' }), of: Anchors },
      { ...closed, description: 'Once n of them came to pass; the n-th counts. Never, when fewer than n still can.' },
    ),
  ],
  { description: 'From when the step may be done.' },
);

export const Window = Type.Object(
  {
    earliest: Type.Optional(Duration('Nothing is asked before.')),
    target: Type.Optional(Duration('By when it should be done.')),
    latest: Duration('By when it must be done; after it, the step is late, or missed when optional.'),
    from: Type.Optional(text('The step from whose completion target and latest are counted.')),
    tighter: Type.Optional(
      Type.Array(
        Type.Object(
          { when: Condition('Unless known to be false, the limit holds.'), latest: Duration('The limit.') },
          { ...closed, description: 'A limit that holds unless its condition is known to be false.' },
        ),
        { description: 'Shorter limits for some patients.' },
      ),
    ),
  },
  {
    ...closed,
    description: 'When the step is to be done, counted from its start; ends are last seconds of civil days.',
  },
);

export const FactMatch = (description: string) =>
  Type.Object(
    {
      fact: FactCode,
      in: Type.Optional(Type.Array(Value, { minItems: 1, description: 'Only with one of these values.' })),
      of: Type.Optional(text('The step the fact belongs to (unless said: this one), or `any`.')),
    },
    { ...closed, description },
  );

export const Repeat = Type.Union(
  [
    Type.Object(
      {
        times: Type.Integer({ minimum: 2, maximum: 60, description: 'How many occurrences.' }),
        every: Type.Optional(Duration('At least this long after the occurrence before.')),
        after: Type.Optional(text('The repeated step whose occurrence before is counted from; unless said, this one.')),
        window: Type.Optional(Window),
      },
      { ...closed, description: 'A number of times.' },
    ),
    Type.Object(
      {
        schedule: Type.Array(
          Type.Object(
            {
              every: Duration('The rhythm.'),
              for: Type.Optional(Duration('For how long; only the last entry may go on without end.')),
            },
            { ...closed, description: 'A rhythm, and for how long.' },
          ),
          { minItems: 1, description: 'One rhythm after the other, from the start of the series.' },
        ),
        from: Type.Optional(
          Type.Literal('last', { description: 'Count from the real date of the occurrence before, not of the start.' }),
        ),
        window: Type.Optional(Window),
      },
      { ...closed, description: 'By schedule: every 3 months for 2 years, then every 6 months for 3 years.' },
    ),
    Type.Object(
      { as: text('A repeated step.'), window: Type.Optional(Window) },
      { ...closed, description: 'As many occurrences as another repeated step; follow it with `each`.' },
    ),
  ],
  { description: 'Done more than once. `window` is the one of every occurrence but the first.' },
);

const Rung = Type.Object(
  {
    role: Role,
    after: Type.String({
      pattern: '^\\d{1,3}(h|d|wd|wk|mo)$',
      description: 'How long after the alert was raised, unanswered: hours (h) or a civil duration.',
    }),
  },
  { ...closed, description: 'Who is told next.' },
);

export const Late = Type.Object(
  {
    title: Label('The alert’s title.'),
    owner: Role,
    tier: Type.Optional(
      Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)], {
        description: 'How urgent: 1 at once, 2 within the day, 3 (unless said) in working time, 4 on a list.',
      }),
    ),
    ladder: Type.Optional(listOf(Rung, 'Who is told while nobody answers, in this order.')),
    hours: Type.Optional(
      Type.Union([Type.Literal('working'), Type.Literal('always')], {
        description: 'Whether the hours of the ladder are working hours (unless said) or run day and night.',
      }),
    ),
  },
  { ...closed, description: 'The alert when its latest has passed, and to whom.' },
);

const Levels = (description: string) =>
  Type.Object(
    { plain: text('In ordinary words.'), simple: text('In short sentences and short words.') },
    { ...closed, description },
  );
const Languages = (description: string) =>
  Type.Object({ fr: Levels('In French.'), en: Levels('In English.') }, { ...closed, description });

export const PatientText = Type.Object(
  {
    before: Type.Optional(Languages('Until the diagnosis has been announced: it may tell nothing of it.')),
    after: Type.Optional(Languages('Once it has been announced.')),
  },
  { ...closed, description: 'What happens and why, for the patient, at two reading levels.' },
);

export type Label = Static<ReturnType<typeof Label>>;
export type AnchorDocument = Static<typeof Anchor>;
export type FactMatchDocument = Static<ReturnType<typeof FactMatch>>;
export type RepeatDocument = Static<typeof Repeat>;
