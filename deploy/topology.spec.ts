import { DEMO_PORT_BASE, helpers, planPorts, services, serviceUrls } from './topology.ts';

describe('the port plan', () => {
  it('gives every part a port of its own below the range that Linux hands out', () => {
    const ports = Object.values(planPorts(DEMO_PORT_BASE));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports).toHaveLength(services.length + helpers.length + 7);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });

  it('lets a test stack run beside a demo', () => {
    const demo = new Set(Object.values(planPorts(DEMO_PORT_BASE)));
    expect(Object.values(planPorts(5100)).filter((port) => demo.has(port))).toEqual([]);
  });

  it.each([0, 1023, 32_742, 40_000, 4100.5, Number.NaN])(
    'refuses the base %p with the range that is allowed',
    (base) => {
      expect(() => planPorts(base)).toThrow(/from 1024 to 32741/);
    },
  );

  it('takes the greatest base that fits', () => {
    expect(planPorts(32_741)['temporal-http']).toBe(32_767);
  });

  it('addresses the chosen services only, on loopback', () => {
    expect(serviceUrls(planPorts(4100), ['meetings', 'workflows'])).toEqual({
      meetings: 'http://127.0.0.1:4104',
      workflows: 'http://127.0.0.1:4110',
    });
  });
});
