import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents } from '@ariane/contracts';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The part of JSON Schema that the contracts use. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly privacy?: string;
}

/** Every field of a schema by its path, with its privacy class. */
function fieldsOf(schema: Schema, path: string): readonly (readonly [path: string, privacy: string])[] {
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, field]) =>
      fieldsOf(field, path === '' ? name : `${path}.${name}`),
    );
  }
  if (schema.items !== undefined) return fieldsOf(schema.items, `${path}[]`);
  return [[path, schema.privacy ?? 'none']];
}

function register(): string {
  const classes = ['direct', 'indirect', 'health', 'none'];
  const rows = allEvents.map(({ service, fact, version, data }) => {
    const fields = fieldsOf(data as Schema, ''); // as: TypeBox's objects are JSON Schema
    const cells = classes.map((one) =>
      fields
        .filter(([, privacy]) => privacy === one)
        .map(([path]) => path)
        .join(', '),
    );
    return `| ${service} | ${fact}${version === 1 ? '' : ` v${version}`} | ${cells.join(' | ')} |`;
  });
  return ['| Service | Event | direct | indirect | health | none |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** Settings that compiled code reads: `env.KEY`, `env['KEY']`, a name given to a reader, or taken apart from it. */
function settingsRead(): readonly string[] {
  const folders = ['libs', 'services'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name, 'src')),
  );
  const sources = [...folders, join('workflows', 'src')].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(name))
      .map((name) => read(join(folder, name))),
  );
  const pattern = /\benv(?:\.|\[')([A-Z][A-Z_]+)\b|'((?:ARIANE|ISSUER)_[A-Z_]+)'|\{ ([A-Z_, ]+) \} = env\b/g;
  const found = sources.flatMap((source) => [...source.matchAll(pattern)].map(([, one, two, many]) => one ?? two ?? many ?? '')); // prettier-ignore
  return [...new Set(found.flatMap((names) => names.split(', ')))].filter((name) => name !== 'INIT_CWD').sort();
}

describe('the documents are true', () => {
  it.each(settingsRead())('docs/running.md explains %s', (name) => {
    expect(read('docs/running.md')).toContain(`\`${name}\``);
  });

  it('the settings are found', () => {
    expect(settingsRead()).toEqual(expect.arrayContaining(['ARIANE_MODE', 'MONGO_URL', 'KAFKA_BROKERS', 'LOG_LEVEL']));
  });

  it('docs/privacy.md holds the register of all event fields; UPDATE_CONTRACTS=1 writes it anew', () => {
    const text = read('docs/privacy.md');
    const [before = '', rest = ''] = text.split(/(?<=<!-- register: .* -->\n)/);
    const after = rest.slice(rest.indexOf('<!-- end of register -->'));
    const wanted = `${before}${register()}\n${after}`;
    if (process.env.UPDATE_CONTRACTS === '1') writeFileSync(join(root, 'docs', 'privacy.md'), wanted);
    expect(read('docs/privacy.md')).toBe(wanted);
  });
});
