import { epochOf } from '@ariane/kernel';
import { COHORT, cohortOf, type Person } from './cohort.ts';
import { protocolIds, protocolsOf } from './protocols.ts';

const today = '2026-03-02T08:00:00.000Z';
const protocols = protocolsOf();
const people = cohortOf(protocols, epochOf(today));
const of = (protocolId: string): readonly Person[] => people.filter((one) => one.protocolId === protocolId);
const days = (person: Person): number => (epochOf(today) - person.begunMs) / 86_400_000;

describe('the demo’s people', () => {
  it('are the same however often they are made', () => {
    expect(cohortOf(protocols, epochOf(today))).toEqual(people);
  });

  it('are told apart from each other and are said to be invented', () => {
    expect(new Set(people.flatMap(({ patientId, pathwayId }) => [patientId, pathwayId])).size).toBe(2 * COHORT);
    expect(people.filter(({ familyName }) => !familyName.startsWith('ESSAI'))).toEqual([]);
  });

  it.each(protocolIds)(
    'have at least 20 pathways of %s, some that ended and some of this month and of two years ago',
    (id) => {
      expect(of(id).length).toBeGreaterThanOrEqual(20);
      expect(of(id).filter(({ status }) => status !== 'ACTIVE').length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...of(id).map(days))).toBeLessThan(31);
      expect(Math.max(...of(id).map(days))).toBeGreaterThan(600);
    },
  );

  it('lived nothing after today nor before they were enrolled, and no more than an enrolment takes over', () => {
    const wrong = people.filter(({ facts, begunMs }) =>
      facts.some(({ at }) => epochOf(at) >= epochOf(today) || epochOf(at) < begunMs),
    );
    expect(wrong).toEqual([]);
    expect(Math.max(...people.map(({ facts }) => facts.length))).toBeLessThanOrEqual(480);
  });

  it('show every protocol among the first five', () => {
    expect(people.slice(0, 5).map(({ protocolId }) => protocolId)).toEqual([...protocolIds]);
  });
});
