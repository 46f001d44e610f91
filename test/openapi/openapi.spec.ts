import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiDocument, readConfig, ServiceModule } from '@ariane/service';
import type { DynamicModule, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';

const root = join(__dirname, '..', '..');
const folder = join(root, 'contracts', 'openapi');

/** Service, its module's file, and the module's name in it. */
const services = [
  ['pathways', 'services/pathways/src/pathways.module', 'PathwaysModule'],
  ['scheduling', 'services/scheduling/src/scheduling.module', 'SchedulingModule'],
  ['tele-expertise', 'services/tele-expertise/src/tele-expertise.module', 'TeleExpertiseModule'],
  ['meetings', 'services/meetings/src/meetings.module', 'MeetingsModule'],
  ['capitation', 'services/capitation/src/capitation.module', 'CapitationModule'],
] as const;

type Imported = Type | DynamicModule;

/** Nothing is called: it only tells the controllers that every service has. */
const config = readConfig({
  ARIANE_MODE: 'test',
  ARIANE_ISSUER_URL: 'http://127.0.0.1:1',
  ARIANE_SERVICE_SECRET_FILE: 'none',
  PORT: '0',
});

/** Every controller that a module brings with it, its libraries' included. */
function controllersOf(module: Imported): Type[] {
  const [type, dynamic] = 'module' in module ? [module.module, module] : [module, undefined];
  const listed = (key: string) => (Reflect.getMetadata(key, type) ?? []) as never[]; // as: what @Module wrote there
  const controllers = [...(listed('controllers') as Type[]), ...(dynamic?.controllers ?? [])];
  const imports = [...(listed('imports') as Imported[]), ...((dynamic?.imports ?? []) as Imported[])];
  return [...controllers, ...imports.flatMap(controllersOf)];
}

/** The document that the running service answers at /openapi.json, made without its servers: routes are metadata. */
async function documentOf(service: string, file: string, name: string): Promise<unknown> {
  const loaded = (await import(join(root, file))) as Record<string, Type>; // as: the table above says what it exports
  const module = loaded[name];
  if (module === undefined) throw new Error(`${file} exports no ${name}`);
  const standIn = () => ({});
  const controllers = [...controllersOf(ServiceModule.of(service, config)), ...controllersOf(module)];
  const testing = await Test.createTestingModule({ controllers }).useMocker(standIn).compile();
  const app = testing.createNestApplication();
  const document = new ApiDocument();
  document.make(app, service);
  const made: unknown = JSON.parse(JSON.stringify(document.read()));
  await app.close();
  return made;
}

describe('contracts/openapi', () => {
  it.each(services)('says what %s answers; UPDATE_CONTRACTS=1 writes it anew', async (service, file, name) => {
    const made = await documentOf(service, file, name);
    expect(Object.keys((made as { paths: object }).paths).length).toBeGreaterThan(3); // as: an OpenAPI document
    const target = join(folder, `${service}.json`);
    if (process.env.UPDATE_CONTRACTS === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(target, `${JSON.stringify(made, null, 2)}\n`);
    }
    expect(existsSync(target)).toBe(true);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual(made);
  });
});
