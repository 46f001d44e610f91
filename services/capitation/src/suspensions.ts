import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import { monthAround } from './member-months';
import type { Given } from './contract';
import type { Days } from './payment-contract';

/** Days of one month on which a contract does not pay: `to` is exclusive, and both lie in the month or end it. */
export interface SuspendedDays {
  /** Made from the contract and the days, so that whoever tells of them tells the same. A UUID. */
  readonly eventId: string;
  readonly from: string;
  readonly to: string;
}

/** The suspended days of a contract within a month, in their order. */
export function suspendedIn(contract: string, suspensions: readonly Days[], month: string): readonly SuspendedDays[] {
  const [first, next] = monthAround(`${month}-01`);
  const days = suspensions
    .map(({ from, to }) => ({ from: from > first ? from : first, to: to === null || to > next ? next : to }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const byDays = new Map(days.map((one) => [`${one.from} ${one.to}`, one]));
  return [...byDays].map(([name, one]) => ({
    eventId: uuidv5(arianeNamespace, `suspension ${contract} ${name}`),
    ...one,
  }));
}

/** Facts with the suspended days, as contracts read them. */
export const withSuspensions = (given: Given, suspensions: readonly SuspendedDays[]): Given =>
  suspensions.length === 0
    ? given
    : {
        ...given,
        suspensions: suspensions.map(({ eventId, from, to }) => ({
          id: `${from}/${to}`,
          from,
          to,
          evidence: [eventId],
        })),
      };
