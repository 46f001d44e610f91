import { Ajv, type ErrorObject } from 'ajv';
import { type ProtocolDocument, ProtocolSchema } from './document';
import { type Fault, meant } from './fault';
import { type VariantDocument, VariantSchema } from './variant-document';

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  discriminator: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
});
const validate = ajv.compile<ProtocolDocument>(ProtocolSchema);
const validateVariant = ajv.compile<VariantDocument>(VariantSchema);

/** Faults of shape against the published schema; none means that the value is a ProtocolDocument. */
export const schemaFaults = (value: unknown): readonly Fault[] =>
  validate(value) ? [] : faultsOf(validate.errors ?? []);

/** The same against the schema of variants. */
export const variantSchemaFaults = (value: unknown): readonly Fault[] =>
  validateVariant(value) ? [] : faultsOf(validateVariant.errors ?? []);

/** Narrows a value that has no fault of shape. */
export const isProtocolDocument = (value: unknown): value is ProtocolDocument => validate(value);

/** Narrows a value that has no fault of shape. */
export const isVariantDocument = (value: unknown): value is VariantDocument => validateVariant(value);

/** Says to be a variant, well formed or not. */
export const claimsVariant = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'variantOf' in value;

function faultsOf(errors: readonly ErrorObject[]): readonly Fault[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf');
  const kept = unions.reduce(
    withoutOtherForms,
    errors.filter((error) => error.keyword !== 'if'),
  );
  return kept.map((error) => ({ kind: 'schema', ...placeOf(error), ...sentences(error) }));
}

/** Of a value that may have several forms, keeps the faults of the one that was meant; of none, that it has none. */
function withoutOtherForms(errors: readonly ErrorObject[], union: ErrorObject): readonly ErrorObject[] {
  const inside = errors.filter((error) => error.schemaPath.startsWith(`${union.schemaPath}/`));
  const outside = errors.filter((error) => error !== union && !inside.includes(error));
  const forms = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const form = error.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
    forms.set(form, [...(forms.get(form) ?? []), error]);
  }
  const isOwn = (error: ErrorObject): boolean => error.instancePath === union.instancePath;
  const meantForms = [...forms.values()].filter(
    (form) => !form.some((error) => isOwn(error) && error.keyword !== 'anyOf'),
  );
  const alike = [...forms.values()].filter(
    (form) =>
      form.filter(isOwn).length === 1 && form.some((error) => isOwn(error) && error.keyword === 'additionalProperties'),
  );
  const [only, ...others] = meantForms.length > 0 ? meantForms : alike;
  return only && others.length === 0 ? [...outside, ...only] : [...outside, union];
}

function placeOf({ keyword, params, instancePath }: ErrorObject): Pick<Fault, 'pointer'> {
  if (keyword !== 'additionalProperties') return { pointer: instancePath };
  const name = String(params['additionalProperty']).replaceAll('~', '~0').replaceAll('/', '~1');
  return { pointer: `${instancePath}/${name}` };
}

function sentences(error: ErrorObject): Pick<Fault, 'message' | 'remedy'> {
  const { keyword, params, message } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      return {
        message: `has a name that the language does not know: "${name}"`,
        remedy: meant(name, namesOf(error), 'Take it out, or use a name of the published schema.'),
      };
    }
    case 'required':
      return {
        message: `lacks "${String(params['missingProperty'])}"`,
        remedy: `Add "${String(params['missingProperty'])}"${explained(error, String(params['missingProperty']))}.`,
      };
    case 'anyOf':
      return {
        message: 'has none of the forms that are allowed here',
        remedy: `Write one of: ${formsOf(error).join('; ')}.`,
      };
    case 'discriminator':
      return {
        message: `has a kind that the language does not know: ${JSON.stringify(params['tagValue'])}`,
        remedy: 'Write one of the kinds of step of the published schema.',
      };
    case 'pattern':
      return { message: message ?? keyword, remedy: `Write it as the schema says: ${describedBy(error)}` };
    default:
      return { message: message ?? keyword, remedy: `Write what the schema allows: ${describedBy(error)}` };
  }
}

type Described = { readonly description?: string; readonly properties?: Readonly<Record<string, Described>> };

const schemaOf = ({ parentSchema }: ErrorObject): Described => (parentSchema ?? {}) as Described; // our own schema

const namesOf = (error: ErrorObject): readonly string[] => Object.keys(schemaOf(error).properties ?? {});

const describedBy = (error: ErrorObject): string =>
  schemaOf(error).description ?? `${error.keyword} ${JSON.stringify(error.schema)}.`;

function explained(error: ErrorObject, name: string): string {
  const description = schemaOf(error).properties?.[name]?.description;
  return description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
}

const formsOf = ({ schema }: ErrorObject): readonly string[] =>
  (Array.isArray(schema) ? (schema as readonly Described[]) : []).map((form) =>
    // a keyword anyOf holds schemas
    form.properties ? `{${Object.keys(form.properties).join(', ')}}` : (form.description ?? JSON.stringify(form)),
  );
