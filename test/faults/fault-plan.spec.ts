import { planFaults, victims } from './fault-plan.ts';

describe('the plan of a storm', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planFaults(3, 37)).toEqual(planFaults(3, 37));
    expect(planFaults(3, 37)).not.toEqual(planFaults(4, 37));
  });

  it('kills every service, the worker and every server, each while a command is still to come', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const kills = planFaults(seed, 37).faults.flatMap((fault) => (fault.kind === 'kill' ? [fault] : []));
      expect(new Set(kills.map(({ victim }) => victim))).toEqual(new Set(victims));
      expect(Math.max(...kills.map(({ atCommand }) => atCommand))).toBeLessThan(37 - 1);
    }
  });
});
