import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { allEvents, contractOf } from './catalogue';
import { Envelope } from './envelope';

const ajv = addFormats(new Ajv({ allErrors: true, strict: true, keywords: ['privacy'] }));
const envelopeValidator = ajv.compile<Envelope>(Envelope);
const validators = new Map<string, ValidateFunction>();

function validatorOf(type: string): ValidateFunction | undefined {
  const known = validators.get(type);
  if (known !== undefined) return known;
  const contract = contractOf(type);
  if (contract === undefined) return undefined;
  const made = ajv.compile(contract.data);
  validators.set(type, made);
  return made;
}

/**
 * What is wrong with an event's data, as `path: rule`; empty when it keeps its contract. Values are never quoted, so the
 * answer may be logged. An unknown type is a fault.
 */
export function faultsOf(type: string, data: unknown): string[] {
  const validate = validatorOf(type);
  if (validate === undefined) return ['/type: is not in the catalogue'];
  if (validate(data)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath || '/'}: ${error.message ?? error.keyword}`);
}

/** Whether a value is an envelope as published. */
export const isEnvelope = (value: unknown): value is Envelope => envelopeValidator(value);

/** Every catalogue example that breaks its own contract: empty, or the build is wrong. */
export const faultyExamples = (): string[] =>
  allEvents.flatMap((contract) =>
    faultsOf(contract.type, contract.example).map((fault) => `${contract.type} ${fault}`),
  );
