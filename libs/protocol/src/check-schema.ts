import { Ajv, type ErrorObject } from 'ajv';
import { type ProtocolDocument, ProtocolSchema } from './document';
import type { Fault } from './fault';

const ajv = new Ajv({ allErrors: true, discriminator: true, strict: true, strictTypes: false, strictRequired: false });
const validate = ajv.compile<ProtocolDocument>(ProtocolSchema);

/** Faults of shape against the published schema; none means that the value is a ProtocolDocument. */
export function schemaFaults(value: unknown): readonly Fault[] {
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath);
  return errors
    .filter((error) => error.keyword === 'anyOf' || !unions.some((pointer) => error.instancePath.startsWith(pointer)))
    .map((error) => ({ pointer: error.instancePath, message: sentence(error) }));
}

/** Narrows a value that has no fault of shape. */
export const isProtocolDocument = (value: unknown): value is ProtocolDocument => validate(value);

function sentence({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'additionalProperties':
      return `has a name that the language does not know: "${String(params['additionalProperty'])}"`;
    case 'required':
      return `lacks "${String(params['missingProperty'])}"`;
    case 'anyOf':
      return 'has none of the forms that are allowed here';
    default:
      return message ?? keyword;
  }
}
