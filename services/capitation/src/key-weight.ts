import { DomainError } from '@ariane/kernel';
import type { Known } from './expression';
import type { Row } from './facts';
import type { Run } from './kind';
import type { KeyProposal } from './split-key';
import { readValue, showValue } from './value';

/** A voted key as facts hold it, under `keys.<name>`. */
export type KeyFact = Pick<KeyProposal, 'id' | 'sha256' | 'weights'>;

/**
 * What a row weighs by the key that was voted, explained by the key's hash and resting on its vote; undefined while none
 * applies.
 *
 * @throws FACT_MISSING for whom the key has no weight, and no `others`; FACT_MALFORMED
 */
export function keyWeight(name: string, row: Row, run: Run): Known | undefined {
  const key = keyIn(run.given.keys, name);
  if (!key) return undefined;
  const by = run.contract.document.keys?.[name]?.by ?? 'id';
  const whose = row[by];
  if (typeof whose !== 'string') throw new DomainError('FACT_MISSING', { name: `${row.id}.${by}` });
  const found = key.weights.find(({ id }) => id === whose) ?? key.weights.find(({ id }) => id === 'others');
  if (!found) throw new DomainError('FACT_MISSING', { name: `keys.${name}.${whose}` });
  const value = readValue(found.weight);
  const { currency } = run.contract.document;
  const leaf = `keys.${name}@${key.sha256}.${found.id}`;
  return { value, because: { of: 'fact', name: leaf, value: showValue(value, currency), events: [key.id] } };
}

function keyIn(keys: unknown, name: string): KeyFact | undefined {
  if (!isRecord(keys) || keys[name] === undefined) return undefined;
  const key = keys[name];
  const isKey =
    isRecord(key) &&
    typeof key.id === 'string' &&
    typeof key.sha256 === 'string' &&
    Array.isArray(key.weights) &&
    key.weights.every((one) => isRecord(one) && typeof one.id === 'string' && typeof one.weight === 'string');
  if (!isKey) throw new DomainError('FACT_MALFORMED', { name: `keys.${name}`, reason: 'no id, sha256 and weights' });
  return key as unknown as KeyFact; // as: checked above
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
