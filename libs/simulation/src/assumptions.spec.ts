import { assumed, assumptionFaults, builtIn, isAssumptions } from './assumptions';

describe('the assumptions of a simulation', () => {
  it('must say where they come from', () => {
    expect(isAssumptions({ source: 'Register of the region, 2025', capacity: { mri: 40 } })).toBe(true);
    expect(assumptionFaults({ capacity: { mri: 40 } })).toEqual(["/: must have required property 'source'"]);
  });

  it('are refused with the place of what is wrong', () => {
    const faults = assumptionFaults({ source: 'a', kinds: { task: { fails: 2 } }, speed: 1 });
    expect(faults.join('\n')).toContain('/kinds/task/fails: must be <= 1');
    expect(faults.join('\n')).toContain('"speed"');
  });

  it('replace what is built in by name, and leave the rest', () => {
    const own = assumed({ source: 'a', perYear: { 'patient.died': 0.5 } });
    expect(own.perYear).toEqual({ ...builtIn.perYear, 'patient.died': 0.5 });
    expect(own.kinds).toEqual(builtIn.kinds);
  });
});
