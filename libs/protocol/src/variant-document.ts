import { type Static, Type } from '@sinclair/typebox';
import { Examples, Facts, heading, Notice, Phase, PinnedBase, Roles } from './document';
import { closed, Duration, Late, listOf, PatientText, Source, Window } from './schema-parts';
import { Step } from './step-document';

/** What a variant may say of a step of its base: only what makes it stricter, or clearer for the patient. */
const Tightening = Type.Object(
  {
    id: Type.String({ description: 'The step of the base.' }),
    mandatory: Type.Optional(Type.Literal(true, { description: 'An optional step becomes mandatory.' })),
    window: Type.Optional(
      Type.Object(
        {
          target: Type.Optional(Duration('A shorter target.')),
          latest: Type.Optional(Duration('A shorter latest.')),
          tighter: Type.Optional(Window.properties.tighter),
        },
        { ...closed, description: 'Shorter limits; `tighter` is added to the base’s.' },
      ),
    ),
    late: Type.Optional(Late),
    patient: Type.Optional(PatientText),
    sources: Type.Array(Source, { minItems: 1, description: 'Why it is tightened.' }),
  },
  { ...closed, description: 'A step of the base, tightened.' },
);

const VariantStep = Type.Unsafe<Static<typeof Step> | Static<typeof Tightening>>({
  type: 'object',
  description: 'A step that is added, or with `id` and no `kind` a step of the base that is tightened.',
  if: { required: ['kind'] },
  then: Step,
  else: Tightening,
});

/** The published schema of a local variant: what it adds to its base and what it tightens. */
export const VariantSchema = Type.Object(
  {
    language: Type.Optional(Type.Literal(1, { description: 'The version of this language.' })),
    variantOf: PinnedBase('The protocol it inherits.'),
    ...heading,
    notice: Type.Optional(Notice),
    roles: Type.Optional(Roles),
    phases: Type.Optional(listOf(Phase, 'Phases that are added.')),
    facts: Type.Optional(Facts),
    steps: listOf(VariantStep, 'Steps that are added or tightened.'),
    examples: Examples,
  },
  {
    ...closed,
    $id: 'urn:ariane:protocol-variant:1',
    title: 'Local variant of a care protocol',
    description: 'A local variant of an Ariane care protocol: it may add and tighten, never drop or loosen.',
  },
);

export type VariantDocument = Static<typeof VariantSchema>;
export type TighteningDocument = Static<typeof Tightening>;
