/**
 * Whether every cent that somebody was told is posted stays posted, once, whatever happens to mongod and the service.
 *
 *   node test/faults/ledger-drill.ts [--kills 20] [--postings 1000] [--pathways 20] [--seed 1] [--port-base 6600]
 *
 * People post over HTTP (contracts settled by hand, promises, their fulfilment) while mongod and the service are killed
 * with -9 in turn; other services tell of pathways meanwhile, each event three times and out of order. Then nothing may
 * be lost, doubled or half there, the same key must have the same answer, the chain must be whole and the books at zero.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { onStopSignal } from '../../deploy/on-stop-signal.ts';
import { startStack, type Stack } from '../../deploy/stack.ts';
import { stackMode } from '../../deploy/start-arguments.ts';
import { chanceOf } from './fault-plan.ts';
import { faultsOfBook, faultsOfOutbox, faultsOfPostings } from './ledger-audit.ts';
import { PostingPeople, type Posting } from './posting-people.ts';
import { activate, postingOf, readContract } from './ledger-postings.ts';
import { Telling } from './telling.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    postings: { type: 'string', default: '1000' },
    pathways: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'port-base': { type: 'string', default: process.env['ARIANE_PORT_BASE'] ?? '6600' },
  },
});
const PEOPLE = 8;
/** The service needs some three seconds to start: some kills strike while it starts, some while it posts. */
const LONGEST_LIFE_MS = 7_000;
let running: Stack | undefined;

async function main(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'ariane-ledger-'));
  onStopSignal(async () => {
    await running?.stop();
  });
  try {
    const mode = stackMode(process.env);
    const portBase = Number(values['port-base']);
    running = await startStack({ mode, dir, portBase, services: ['capitation'], arianeMode: 'test', temporary: true });
    const faults = await drill(running, chanceOf(Number(values.seed)));
    for (const fault of faults) console.log(`FAIL: ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await running?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function drill(stack: Stack, chance: () => number): Promise<string[]> {
  const startedMs = performance.now();
  const people = new PostingPeople(stack.urls, 'drill', chance);
  await activate(people, readContract('fixtures/1-bundle.json'));
  const telling = await Telling.begin(stack, Number(values.pathways), chance);
  const killed = { capitation: 0, mongo: 0 };
  const killing = kill(stack, chance, killed);
  await Promise.all([posting(people, chance, killing), telling.tell()]);
  await killing;
  await stack.whenReady();
  const url = stack.env['MONGO_URL'] ?? '';
  const verdict = await faultsOfPostings(url, people.posted);
  // Those who gave up come back: the key decides whether there is anything left to do.
  for (const { posting: one, answer } of people.posted) {
    if (answer === undefined) await people.surely('POST', one.path, one.body, one.key);
  }
  const settled = await faultsOfPostings(
    url,
    people.posted.map(({ posting: one }) => ({ posting: one, answer: 'given' })),
  );
  const books = [people, ...telling.people];
  const faults = [
    ...people.faults,
    ...verdict.faults,
    ...settled.faults,
    ...(await telling.faults()),
    ...(await Promise.all(books.map(faultsOfBook))).flat(),
    ...(await faultsOfOutbox(stack, 'drill.hospital-a')),
  ];
  const { acknowledged, present, absent } = verdict;
  console.log(
    `${people.posted.length} postings (${people.asked} requests, ${settled.entries} entries), ` +
      `${killed.capitation + killed.mongo} kills -9 (service ${killed.capitation}, mongod ${killed.mongo}): ` +
      `${acknowledged} acknowledged, lost ${verdict.lost + settled.lost}, doubled ${verdict.doubled + settled.doubled}; ` +
      `${present + absent} not acknowledged: ${present} wholly present, ${absent} wholly absent, ${verdict.torn} torn; ` +
      `${people.compared} repeated answers compared; ${telling.messages} messages of ${values.pathways} pathways; ` +
      `${((performance.now() - startedMs) / 1000).toFixed(0)} s`,
  );
  return faults;
}

/** Posts until there were as many postings as asked for and all kills have struck. */
async function posting(people: PostingPeople, chance: () => number, killing: Promise<void>): Promise<void> {
  let isKilling = true;
  void killing.finally(() => {
    isKilling = false;
  });
  let number = 0;
  const worker = async (): Promise<void> => {
    while (number < Number(values.postings) || isKilling) {
      number += 1;
      let next: Posting | undefined = postingOf(number, chance);
      while (next !== undefined) {
        const then: Posting | undefined = next.then;
        next = (await people.post(next)) ? then : undefined;
      }
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, worker));
}

async function kill(stack: Stack, chance: () => number, killed: Record<'capitation' | 'mongo', number>) {
  for (let kills = 0; kills < Number(values.kills); kills += 1) {
    await pause(500 + chance() * LONGEST_LIFE_MS);
    const victim = chance() < 0.5 ? 'capitation' : 'mongo';
    await stack.kill(victim);
    killed[victim] += 1;
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
