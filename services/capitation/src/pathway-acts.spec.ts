import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadContract } from './load-contract';
import { type Participation, participations } from './participation';
import { type PathwayAccount, pathwayAccounts, type PathwayCommand } from './pathway-account';
import { actsHeard } from './pathway-acts';
import type { Shelf } from './shelf';

const document: unknown = JSON.parse(readFileSync(join(__dirname, '../payment-contracts/onco-pathway-a.json'), 'utf8'));
const contract = loadContract(document);
const pin = { id: 'onco-pathway-a', version: 1, sha256: contract.sha256 };
const shelf: Shelf = {
  active: (_, sha256) => (sha256 === pin.sha256 ? { contract, bookId: 'demo.hospital-a' } : undefined),
};
const accounts = pathwayAccounts(shelf);

const hearing = (eventId: string) => ({ pathwayId: 'p', territory: 'demo', eventId, now: '2026-06-30T08:00:00Z' });
const protocol = { id: 'breast-cancer', version: 1, sha256: '3'.repeat(64) };
const enrol: PathwayCommand = {
  ...hearing('enrol'),
  ...{ type: 'Enrol', contract: pin, protocol, enrolledAt: '2026-03-02T08:00:00Z' },
};
const heard = (eventId: string, source: string, practitionerIds: readonly string[], at: string): PathwayCommand => ({
  ...hearing(eventId),
  ...{ type: 'HearEvidence', source, kind: 'meeting', practitionerIds, at, counts: null },
});

/** The acts of the book after what was heard, as the store keeps them. */
function actsOf(commands: readonly PathwayCommand[]) {
  const acts = new Map<string, Participation>();
  let state: PathwayAccount | undefined;
  for (const command of commands) {
    for (const event of accounts.decide(state, command)) {
      state = accounts.evolve(state, event);
      if (event.type !== 'FactHeard') continue;
      for (const told of actsHeard(event.data, state, shelf)) {
        const known = acts.get(told.source);
        for (const change of participations.decide(known, told))
          acts.set(told.source, participations.evolve(known, change));
      }
    }
  }
  const counted = [...acts.values()].filter(({ known }) => known.practitioners.length > 0);
  return counted
    .map(({ book, source, known: { day, practitioners } }) => [book, source, day, ...practitioners].join(' '))
    .sort();
}

describe('what is heard of a pathway', () => {
  it('counts to the month of the book its contract posts to, on the civil day it took place', () => {
    const late = heard('e-1', 'case:m:c', ['onc-1', 'rad-2'], '2026-05-31T22:30:00Z');
    expect(actsOf([enrol, late])).toEqual(['demo.hospital-a case:m:c 2026-06-01 onc-1 rad-2']);
  });

  it('counts the same whether the enrolment is heard first, last or in between', () => {
    const all = [
      heard('e-1', 'appointment:a', ['gp-1'], '2026-06-01T08:00:00Z'),
      heard('e-2', 'case:m:c', ['onc-1', 'rad-2'], '2026-06-02T08:00:00Z'),
      heard('e-3', 'case:m:c', ['onc-1'], '2026-06-02T09:00:00Z'),
      heard('e-4', 'appointment:a', [], '2026-06-03T08:00:00Z'),
    ];
    fc.assert(
      fc.property(fc.nat(all.length), (at) => {
        expect(actsOf([...all.slice(0, at), enrol, ...all.slice(at)])).toEqual([
          'demo.hospital-a case:m:c 2026-06-02 onc-1',
        ]);
      }),
    );
  });

  it('counts nowhere while no contract pays the pathway', () => {
    expect(actsOf([heard('e-1', 'appointment:a', ['gp-1'], '2026-06-01T08:00:00Z')])).toEqual([]);
  });
});
