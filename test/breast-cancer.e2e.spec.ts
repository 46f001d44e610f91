import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, type Stack } from '../deploy/stack.ts';
import { Api, keyOf } from './story/api.ts';
import { type CourseName, courses } from './story/courses.ts';
import { playStories, type Told } from './story/player.ts';
import { activateVersion, ensureTerritory } from './story/territory.ts';

const root = join(__dirname, '..');
const dir = join(root, '.ariane', 'test', 'breast-cancer');
const names = Object.keys(courses) as CourseName[];

interface Money {
  readonly amount: string;
}
const cents = ({ amount }: Money): number => Math.round(Number(amount) * 100);

describe('a woman enters with a suspicion of cancer', () => {
  let stack: Stack;
  let api: Api;
  let told: Readonly<Record<CourseName, Told>>;
  const said = new Map<CourseName, string[]>();

  beforeAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    stack = await startStack({
      mode: process.env.STACK === 'containers' ? 'containers' : 'processes',
      dir,
      portBase: Number(process.env.ARIANE_PORT_BASE ?? '5100'),
      services: true,
      demoClock: '2026-03-02T08:00:00.000Z',
      arianeMode: 'test',
    });
    api = new Api(stack.urls);
    const plots = names.map((name) => {
      const lines: string[] = [];
      said.set(name, lines);
      return { course: courses[name], seed: `story-${name}`, log: (line: string) => lines.push(line) };
    });
    const stories = await playStories(api, plots);
    told = Object.fromEntries(names.map((name, index) => [name, stories[index]])) as typeof told;
  }, 900_000);

  afterAll(async () => {
    await stack.stop();
  }, 60_000);

  const paid = async (name: CourseName): Promise<readonly { party: string; total: Money }[]> => {
    const path = `/statements?book=demo.hospital-a&pathway=${told[name].pathwayId}`;
    const { parties } = await api.get<{ parties: readonly { party: string; total: Money }[] }>(
      'finance',
      'capitation',
      path,
    );
    return parties;
  };

  it.each([
    ['default', 'COMPLETED'],
    ['neoadjuvant', 'COMPLETED'],
    ['quorum-missed', 'COMPLETED'],
    ['refuses', 'REFUSED'],
    ['dies', 'DIED'],
  ] as const)('and the course "%s" ends %s, by what people did and nothing else', (name, status) => {
    expect(told[name].status).toBe(status);
  });

  it.each(names)('and whoever worked in the course "%s" is paid, none with zero', async (name) => {
    const parties = (await paid(name)).filter(({ party }) => party.startsWith('prac:'));
    expect(parties.length).toBeGreaterThanOrEqual(4);
    expect(Math.min(...parties.map(({ total }) => cents(total)))).toBeGreaterThan(0);
  });

  it('and a completed pathway pays nine tenths of its flat price to those who took part', async () => {
    const sums = await Promise.all(
      (['default', 'quorum-missed'] as const).map(async (name) =>
        (await paid(name)).reduce((sum, { total }) => sum + cents(total), 0),
      ),
    );
    expect(sums[0]).toBe(sums[1]);
    expect(sums[0]).toBe(540_000);
  });

  it('and a meeting without its radiotherapist defers the case and decides at the next', () => {
    const lines = said.get('quorum-missed')?.join('\n') ?? '';
    expect(lines).toContain('has no quorum');
    expect(lines).toContain('signs the decision of meeting-1');
  });

  it('and nothing that was booked stands after a death (H14)', async () => {
    const path = `/appointments?pathwayId=${told.dies.pathwayId}&status=booked`;
    expect(await api.all('coordinator', 'scheduling', path)).toEqual([]);
  });

  it('and the books balance to the cent and verify', async () => {
    const balance = await api.get<{ difference: Money }>(
      'finance',
      'capitation',
      '/books/demo.hospital-a/trial-balance',
    );
    expect(balance.difference.amount).toBe('0.00');
    const verified = await api.get<{ good: boolean; entries: number }>(
      'finance',
      'capitation',
      '/books/demo.hospital-a/verify',
    );
    expect(verified).toMatchObject({ good: true });
    expect(verified.entries).toBeGreaterThan(20);
  });

  it('and a contract posted by hand pays its worked example 1b to the cent', async () => {
    await ensureTerritory(api);
    const document = JSON.parse(readFileSync(join(root, 'services/capitation/fixtures/1-bundle.json'), 'utf8')) as {
      examples: readonly { given: object }[];
    };
    const finance = { role: 'finance' } as const;
    await api.post(finance, 'capitation', '/payment-contracts', document, keyOf('1b', 'draft'));
    await activateVersion(api, { contract: 'hip-pathway', version: 1 }, 'A named approver', '1b');
    const settled = await api.post<{ amounts: Record<string, unknown>; book: string }>(
      finance,
      'capitation',
      '/payment-contracts/hip-pathway/settlements',
      { subject: 'ep-1b', given: document.examples[0]?.given, effectiveAt: '2026-06-30T10:00:00Z' },
      keyOf('1b', 'settle'),
    );
    const text = JSON.stringify(settled);
    for (const amount of ['1111.11', '123.46', '416.30', '495.46', '199.35']) expect(text).toContain(amount);
    const balance = await api.get<{ difference: Money }>(
      'finance',
      'capitation',
      `/books/${settled.book}/trial-balance`,
    );
    expect(balance.difference.amount).toBe('0.00');
  });
});
