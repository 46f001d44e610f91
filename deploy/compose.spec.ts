import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kafkaEnvironment, kafkaSettings } from './kafka-settings.ts';
import { DEMO_PORT_BASE, helpers, planPorts, serviceUrls, services } from './topology.ts';

interface ComposeFile {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly build?: { readonly args: { readonly SERVICE: string; readonly ENTRY?: string } };
        readonly environment?: Readonly<Record<string, string>>;
        readonly ports?: readonly string[];
      }
    >
  >;
}

describe('compose.yaml', () => {
  const compose = parse(readFileSync(join(__dirname, 'compose.yaml'), 'utf8'), { merge: true }) as ComposeFile; // as: our own file
  const ports = planPorts(DEMO_PORT_BASE);
  const started = helpers.filter(({ name }) => name !== 'clock');

  it.each([...services, ...started])('runs $name from its entry, on its port of the topology', ({ name, entry }) => {
    const part = compose.services[name];
    expect(part?.build?.args.ENTRY ?? `services/${part?.build?.args.SERVICE}/dist/main.js`).toBe(entry);
    expect(part?.environment?.['PORT'] ?? part?.environment?.['ISSUER_PORT']).toBe(String(ports[name]));
    expect(JSON.parse(part?.environment?.['SERVICE_URLS'] ?? '{}')).toEqual(
      serviceUrls(
        ports,
        services.map((service) => service.name),
      ),
    );
  });

  it('configures Kafka with settings of the topology only', () => {
    const wanted = kafkaEnvironment(kafkaSettings(ports, '/var/lib/kafka/data', '127.0.0.1'));
    expect(wanted).toMatchObject(compose.services['kafka']?.environment ?? { KAFKA: 'missing' });
  });

  it('publishes ports on loopback only', () => {
    const published = Object.values(compose.services).flatMap((part) => part.ports ?? []);
    expect(published).toHaveLength(services.length + 2);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });
});
