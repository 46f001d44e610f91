/** The topology as a value: every process of a stack, where its code is and which port it has. */

/** Linux hands out ports from here on to outgoing connections, so a server above it may find its port taken by chance. */
const EPHEMERAL_PORTS_FROM = 32_768;

/** The port base of `npm start`; tests and benches take others, so that they run beside a demo. */
export const DEMO_PORT_BASE = 4100;

export interface ServiceSpec {
  readonly name: string;
  /** Compiled entry file, relative to the repository. */
  readonly entry: string;
  /** Added to the port base. */
  readonly portOffset: number;
}

export const services = [
  { name: 'portal', entry: 'services/portal/dist/main.js', portOffset: 0 },
  { name: 'pathways', entry: 'services/pathways/dist/main.js', portOffset: 1 },
  { name: 'scheduling', entry: 'services/scheduling/dist/main.js', portOffset: 2 },
  { name: 'tele-expertise', entry: 'services/tele-expertise/dist/main.js', portOffset: 3 },
  { name: 'meetings', entry: 'services/meetings/dist/main.js', portOffset: 4 },
  { name: 'capitation', entry: 'services/capitation/dist/main.js', portOffset: 5 },
  { name: 'workflows', entry: 'workflows/dist/main.js', portOffset: 10 },
] as const satisfies readonly ServiceSpec[];

/** The demo clock, the local token issuer and the demo's sign-in. */
export const helpers = [
  { name: 'clock', entry: 'deploy/clock-main.ts', portOffset: 11 },
  { name: 'issuer', entry: 'libs/auth/dist/issuer-main.js', portOffset: 12 },
  { name: 'identity', entry: 'deploy/identity-main.ts', portOffset: 13 },
] as const satisfies readonly ServiceSpec[];

const serverPortOffsets = {
  mongo: 20,
  kafka: 21,
  'kafka-controller': 22,
  temporal: 23,
  'temporal-ui': 24,
  // Nobody asks these two; left to themselves they would take ports of the ephemeral range.
  'temporal-metrics': 25,
  'temporal-http': 26,
} as const;

export type ServerName = 'mongo' | 'kafka' | 'temporal';
export const serverNames: readonly ServerName[] = ['mongo', 'kafka', 'temporal'];

type PortName = (typeof services)[number]['name'] | (typeof helpers)[number]['name'] | keyof typeof serverPortOffsets;
export type PortPlan = Readonly<Record<PortName, number>>;

/**
 * The ports of a stack that starts at `base`.
 * @throws RangeError when a port would be privileged or in the range that Linux hands out to outgoing connections.
 */
export function planPorts(base: number): PortPlan {
  const highestBase = EPHEMERAL_PORTS_FROM - 1 - Math.max(...Object.values(serverPortOffsets));
  if (!Number.isInteger(base) || base < 1024 || base > highestBase) {
    throw new RangeError(
      `The port base ${base} does not fit: give a whole number from 1024 to ${highestBase}, for example ARIANE_PORT_BASE=${DEMO_PORT_BASE}.`,
    );
  }
  const offsets = [
    ...[...services, ...helpers].map((service) => [service.name, service.portOffset] as const),
    ...Object.entries(serverPortOffsets),
  ];
  return Object.fromEntries(offsets.map(([name, offset]) => [name, base + offset])) as PortPlan; // as: every PortName is listed above
}

/** The base address of each service in `names`, for the callers on this machine. */
export function serviceUrls(ports: PortPlan, names: readonly string[]): Record<string, string> {
  const chosen = services.filter((service) => names.includes(service.name));
  return Object.fromEntries(chosen.map(({ name }) => [name, `http://127.0.0.1:${ports[name]}`]));
}
