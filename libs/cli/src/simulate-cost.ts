import { type Contract, type Delivery, givenOf, price } from '@ariane/capitation';
import { BadInput } from './failure';
import type { Course, Measuring, Scenario } from '@ariane/simulation';

type Evidence = Delivery['evidence'][number];

/** What a done step of each kind counts as in a contract's table of points; the other kinds count for nothing. */
const contributions: Readonly<Record<string, Evidence['kind'] | undefined>> = {
  appointment: 'consultation',
  'tele-expertise': 'opinion',
  meeting: 'meeting',
  task: 'coordination',
};

/** One name for all events: nobody asks a simulated cent for its evidence, and equal situations are priced once. */
const eventId = 'simulated';

/**
 * What a pathway costs the payer under a contract, in whole units of its currency, as capitation would price it at the
 * pathway's end or as it stands when the simulation ends. A role stands for the person who held it.
 */
export function costOf(contract: Contract): Measuring {
  const { currency } = contract.document;
  const known = new Map<string, number>();
  return (course, scenario) => {
    const given = givenOf(deliveryOf(course), contract);
    const situation = JSON.stringify([scenario.protocol.document.id, given]);
    const cost = known.get(situation) ?? paid(contract, given);
    known.set(situation, cost);
    return { [`cost (${currency})`]: cost };
  };
}

/** Throws BadInput when the contract does not pay pathways of this protocol. */
export function checkPays({ document }: Contract, protocol: Scenario['protocol']): void {
  const { id } = protocol.document;
  if (!document.protocols?.some((paidFor) => paidFor.id === id)) {
    throw new BadInput(`The contract ${document.contract} does not pay pathways of the protocol ${id}.`);
  }
}

function paid(contract: Contract, given: ReturnType<typeof givenOf>): number {
  const isPayer = (account: string) => account.startsWith('assets:receivable:');
  const cents = price(contract, given).transfers.reduce(
    (sum, { debit, credit, cents: moved }) => sum + (isPayer(debit) ? moved : 0n) - (isPayer(credit) ? moved : 0n),
    0n,
  );
  return Number(cents) / 100;
}

function deliveryOf({ steps, milestones, end }: Course): Delivery {
  // A pathway left by a rule of its protocol is priced as it stands: no contract speaks of that end yet.
  const status = end === undefined || end.status === 'EXCLUDED' ? undefined : end.status;
  return {
    milestones: milestones.map(({ id, at }) => ({ id, at, eventId })),
    closing: end && status ? { status, at: end.at, eventId } : null,
    evidence: steps.flatMap(({ key, kind, role, status: state, doneAt }): Evidence[] => {
      const contribution = contributions[kind];
      if (state !== 'done' || doneAt === undefined || contribution === undefined) return [];
      return [{ source: key, kind: contribution, practitionerId: role, at: doneAt, eventId }];
    }),
  };
}
