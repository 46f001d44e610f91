import { DomainError } from '@ariane/kernel';
import { type PassedOnService, passedOnServices } from './passed-on';

/** How one service is. Codes and ids only. */
export interface ServiceState {
  readonly name: string;
  readonly isAnswering: boolean;
  /** Facts not yet sent to Kafka. */
  readonly outbox: number;
  /** Facts of others not yet heard. */
  readonly lag: number;
  /** What has fallen due and is not done. */
  readonly due: number;
  readonly why: readonly string[];
  /** Subjects of which a fact could not be applied. */
  readonly parked: readonly unknown[];
}

const away = { isAnswering: false, outbox: 0, lag: 0, due: 0, why: [], parked: [] };

/** What a service answered of itself; none of it: it is away. */
export function stateOf(name: string, quiet?: unknown, parked?: unknown): ServiceState {
  if (!isRecord(quiet)) return { name, ...away };
  const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    ...{ name, isAnswering: true, outbox: count(quiet.outbox), lag: count(quiet.lag), due: count(quiet.due) },
    why: Array.isArray(quiet.why) ? quiet.why.map(String) : [],
    parked: isRecord(parked) && Array.isArray(parked.items) ? (parked.items as readonly unknown[]) : [],
  };
}

/** @throws DomainError NOT_FOUND for a name that is no service's */
export function passedOnNamed(name: string): PassedOnService {
  const found = passedOnServices.find((one) => one === name);
  if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'service');
  return found;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
