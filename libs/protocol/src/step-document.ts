import { type Static, Type } from '@sinclair/typebox';
import {
  closed,
  Condition,
  Duration,
  FactCode,
  FactMatch,
  Id,
  Label,
  Late,
  listOf,
  PatientText,
  Repeat,
  Role,
  Source,
  Start,
  text,
  Window,
} from './schema-parts';

const common = {
  id: Id('Unique in the protocol.'),
  phase: text('The phase it belongs to.'),
  mandatory: Type.Optional(
    Type.Boolean({ description: 'True unless said; an optional step past its latest is missed.' }),
  ),
  label: Label('Its name for the team, and for the patient once the diagnosis has been announced.'),
  labelBefore: Label('Its name for the patient until the diagnosis has been announced.'),
  patient: Type.Optional(PatientText),
  role: Role,
  deputies: Type.Optional(listOf(Role, 'Who may do it instead.')),
  start: Start,
  sources: Type.Array(Source, { minItems: 1, description: 'Where each of its rules and delays comes from.' }),
};

const doing = {
  ...common,
  branch: Type.Optional(text('Only on this branch: its condition is added to the step’s own.')),
  when: Type.Optional(Condition('The step applies when it is true; unknown, the step waits.')),
  window: Window,
  doneBy: Type.Optional(FactMatch('What finishes it, instead of the fact of its kind.')),
  failedBy: Type.Optional(listOf(FactMatch('A failure.'), 'What adds an attempt, beyond the failures of its kind.')),
  again: Type.Optional(listOf(FactMatch('A reason to do it again.'), 'What reopens it once it is done.')),
  retryAfter: Type.Optional(Duration('How long after a failed attempt it is asked for again.')),
  repeat: Type.Optional(Repeat),
  cancels: Type.Optional(
    listOf(text('A step.'), 'Steps which, not yet done when this one is, no longer apply: it makes them pointless.'),
  ),
  records: Type.Optional(listOf(FactCode, 'The facts this step is expected to give.')),
  outcomes: Type.Optional(listOf(text('A value.'), 'The values of `task.done`, when it has any.')),
  late: Late,
  watch: Type.Optional(Type.Boolean({ description: 'A roster must cover its urgent alerts (tier 1 and 2).' })),
  quality: Type.Optional(
    Type.Object(
      {
        indicator: text('The name of the indicator.'),
        withinTarget: Type.String({
          pattern: '^\\d{1,3}%$',
          description: 'The share that should be done by its target.',
        }),
      },
      { ...closed, description: 'Its quality target.' },
    ),
  ),
};

const kind = <K extends string>(name: K, description: string) => Type.Literal(name, { description });

const Appointment = Type.Object(
  {
    ...doing,
    kind: kind('appointment', 'A visit in a calendar.'),
    booking: Type.Union([Type.Literal('auto'), Type.Literal('propose')], {
      description: 'auto holds the earliest fitting slot and tells the coordinator; propose leaves the choice to them.',
    }),
    visitKind: text('The kind of visit, as calendars name it.'),
    durationMinutes: Type.Integer({ minimum: 5, maximum: 600, description: 'How long the slot must be.' }),
    mode: Type.Optional(
      Type.Union([Type.Literal('on-site'), Type.Literal('tele')], { description: 'On site, or from a distance.' }),
    ),
    resources: Type.Optional(listOf(text('A room or a device.'), 'What must be free too.')),
  },
  { ...closed, description: 'A visit in a calendar.' },
);
const TeleExpertise = Type.Object(
  {
    ...doing,
    kind: kind('tele-expertise', 'An opinion asked from a distance.'),
    specialty: text('Whose opinion.'),
    question: Label('What is asked.'),
  },
  { ...closed, description: 'An opinion asked from a distance.' },
);
const Meeting = Type.Object(
  {
    ...doing,
    kind: kind('meeting', 'A case for a multidisciplinary meeting.'),
    meetingType: text('Which meeting.'),
    requiredSpecialties: Type.Array(text('A specialty.'), { minItems: 1, description: 'Who must be there.' }),
  },
  { ...closed, description: 'A case for a multidisciplinary meeting.' },
);
const Task = Type.Object(
  { ...doing, kind: kind('task', 'Something a professional does.') },
  { ...closed, description: 'Something a professional does.' },
);
const Questionnaire = Type.Object(
  { ...doing, kind: kind('questionnaire', 'Questions to answer.'), questionnaire: text('Which one.') },
  { ...closed, description: 'Questions to answer.' },
);
const Paper = Type.Object(
  { ...doing, kind: kind('document', 'A document to sign.'), document: text('Which one.') },
  { ...closed, description: 'A document to sign.' },
);
const Wait = Type.Object(
  { ...doing, kind: kind('wait', 'A fact to wait for.'), doneBy: FactMatch('What is waited for.') },
  { ...closed, description: 'A fact to wait for; its way out is its latest and the alert that follows.' },
);
const SubProtocol = Type.Object(
  {
    ...doing,
    kind: kind('sub-protocol', 'Enrolment in another protocol.'),
    protocol: Id('The other protocol.'),
    until: Type.Union([Type.Literal('enrolled'), Type.Literal('closed')], {
      description: 'Whether the step is done once the patient has entered the other protocol, or has left it.',
    }),
  },
  { ...closed, description: 'Asks that the patient be enrolled in another protocol.' },
);
const Milestone = Type.Object(
  { ...common, kind: kind('milestone', 'A point of the pathway that may be paid.'), milestone: Id('Its name.') },
  { ...closed, description: 'A point of the pathway that may be paid.' },
);

const AnyStep = Type.Union([
  Appointment,
  TeleExpertise,
  Meeting,
  Task,
  Questionnaire,
  Paper,
  Wait,
  SubProtocol,
  Milestone,
]);

/** Told apart by `kind`, so that a fault is reported against the kind that was meant and not against all nine. */
export const Step = Type.Unsafe<Static<typeof AnyStep>>({
  type: 'object',
  description: 'A step, told apart by its kind.',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: AnyStep.anyOf,
});

export type StepDocument = Static<typeof Step>;
export type DoingStep = Exclude<StepDocument, { kind: 'milestone' }>;
export type MilestoneStep = Extract<StepDocument, { kind: 'milestone' }>;
export type Kind = StepDocument['kind'];
