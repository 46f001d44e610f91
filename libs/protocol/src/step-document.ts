import { type Static, type TSchema, Type } from '@sinclair/typebox';

export const closed = { additionalProperties: false };
export const Id = (description: string) => Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60, description });
export const Role = Type.String({ pattern: '^[A-Z]{2,5}$', description: 'A role of the care team: IDEC, SUR, ONC.' });
export const FactCode = Type.String({
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*$',
  description: 'A code of the fact dictionary.',
});
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A civil day.' });
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
  description: 'UTC.',
});
const Condition = Type.String({ minLength: 1, description: 'FHIRPath over the flat facts; see docs of condition.ts.' });
export const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
export const optionalList = <T extends TSchema>(of: T) => Type.Optional(Type.Array(of));

export const Label = Type.Object({ fr: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed);

const Duration = Type.String({
  pattern: '^\\d{1,3}(d|wd|wk|mo|y)$',
  description: 'A civil duration: d days, wd working days of the territory, wk weeks, mo months, y years.',
});

const Source = Type.Object(
  {
    rule: Type.String({ minLength: 1, description: 'Which rule or delay of the step it supports.' }),
    text: Type.String({ minLength: 1, description: 'The reference, with its version.' }),
    tag: Type.Union([Type.Literal('S'), Type.Literal('K'), Type.Literal('M'), Type.Literal('proposal')], {
      description: 'S read in a named source; K general knowledge, to be confirmed; M measured; proposal: ours.',
    }),
  },
  closed,
);

const Anchor = Type.Union(
  [
    Type.Object(
      {
        after: Type.String({ description: 'A step, or `enrolment`. A repeated step counts once its last is done.' }),
        offset: Type.Optional(Duration),
        required: Type.Optional(
          Type.Literal(true, { description: 'If this one is not applicable, neither is the step that follows it.' }),
        ),
        each: Type.Optional(Type.Literal(true, { description: 'Follow the occurrence of the same number.' })),
      },
      closed,
    ),
    Type.Object(
      {
        fact: FactCode,
        of: Type.Optional(Type.String({ description: 'Only a fact of this step.' })),
        offset: Type.Optional(Duration),
      },
      closed,
    ),
  ],
  { description: 'Where the clock starts. A step that is not applicable is passed over.' },
);

const Start = Type.Union([
  Type.Object({ all: Type.Array(Anchor, { minItems: 1 }) }, closed),
  Type.Object({ any: Type.Array(Anchor, { minItems: 1 }) }, closed),
]);

const Window = Type.Object(
  {
    earliest: Type.Optional(Duration),
    target: Type.Optional(Duration),
    latest: Duration,
    from: Type.Optional(Type.String({ description: 'The step from whose completion target and latest are counted.' })),
    tighter: optionalList(
      Type.Object({ when: Condition, latest: Duration }, { ...closed, description: 'Holds when true or unknown.' }),
    ),
  },
  closed,
);

const FactMatch = Type.Object(
  {
    fact: FactCode,
    in: Type.Optional(Type.Array(Value, { minItems: 1, description: 'Only with one of these values.' })),
    of: Type.Optional(Type.String({ description: 'The step the fact belongs to (default: this one), or `any`.' })),
  },
  closed,
);

const Repeat = Type.Object(
  {
    times: Type.Integer({ minimum: 2, maximum: 60 }),
    every: Type.Optional(Duration),
    after: Type.Optional(
      Type.String({ description: 'Occurrence n starts `every` after occurrence n-1 of this step.' }),
    ),
    window: Type.Optional(Window),
  },
  closed,
);

const common = {
  id: Id('Unique in the protocol.'),
  phase: Type.String(),
  mandatory: Type.Optional(
    Type.Boolean({ description: 'True unless said; an optional step past its latest is missed.' }),
  ),
  label: Label,
  labelBefore: Label,
  role: Role,
  deputies: optionalList(Role),
  start: Start,
  sources: Type.Array(Source, { minItems: 1 }),
};

const doing = {
  ...common,
  when: Type.Optional(Condition),
  window: Window,
  doneBy: Type.Optional(FactMatch),
  failedBy: optionalList(FactMatch),
  again: optionalList(FactMatch),
  retryAfter: Type.Optional(Duration),
  repeat: Type.Optional(Repeat),
  records: Type.Optional(Type.Array(FactCode, { description: 'The facts this step is expected to give.' })),
  outcomes: Type.Optional(Type.Array(Type.String(), { description: 'The values of `task.done`, when it has any.' })),
  late: Type.Object({ title: Label, owner: Role }, closed),
  quality: Type.Optional(
    Type.Object({ indicator: Type.String(), withinTarget: Type.String({ pattern: '^\\d{1,3}%$' }) }, closed),
  ),
};

const kind = <K extends string>(name: K, description: string) => Type.Literal(name, { description });

const Appointment = Type.Object(
  {
    ...doing,
    kind: kind('appointment', 'A visit in a calendar.'),
    booking: Type.Union([Type.Literal('auto'), Type.Literal('propose')]),
    visitKind: Type.String(),
    durationMinutes: Type.Integer({ minimum: 5, maximum: 600 }),
    mode: Type.Optional(Type.Union([Type.Literal('on-site'), Type.Literal('tele')])),
    resources: optionalList(Type.String()),
  },
  closed,
);
const TeleExpertise = Type.Object(
  {
    ...doing,
    kind: kind('tele-expertise', 'An opinion asked from a distance.'),
    specialty: Type.String(),
    question: Label,
  },
  closed,
);
const Meeting = Type.Object(
  {
    ...doing,
    kind: kind('meeting', 'A case for a multidisciplinary meeting.'),
    meetingType: Type.String(),
    requiredSpecialties: Type.Array(Type.String(), { minItems: 1 }),
  },
  closed,
);
const Task = Type.Object({ ...doing, kind: kind('task', 'Something a professional does.') }, closed);
const Questionnaire = Type.Object(
  { ...doing, kind: kind('questionnaire', 'Questions to answer.'), questionnaire: Type.String() },
  closed,
);
const Paper = Type.Object({ ...doing, kind: kind('document', 'A document to sign.'), document: Type.String() }, closed);
const Wait = Type.Object({ ...doing, kind: kind('wait', 'A fact to wait for.'), doneBy: FactMatch }, closed);
const Milestone = Type.Object(
  { ...common, kind: kind('milestone', 'A point of the pathway that may be paid.'), milestone: Id('Its name.') },
  closed,
);

const AnyStep = Type.Union([Appointment, TeleExpertise, Meeting, Task, Questionnaire, Paper, Wait, Milestone]);

/** Told apart by `kind`, so that a fault is reported against the kind that was meant and not against all eight. */
export const Step = Type.Unsafe<Static<typeof AnyStep>>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: AnyStep.anyOf,
});

export type StepDocument = Static<typeof Step>;
export type DoingStep = Exclude<StepDocument, { kind: 'milestone' }>;
export type MilestoneStep = Extract<StepDocument, { kind: 'milestone' }>;
export type Kind = StepDocument['kind'];
export type Label = Static<typeof Label>;
export type AnchorDocument = Static<typeof Anchor>;
export type FactMatchDocument = Static<typeof FactMatch>;
