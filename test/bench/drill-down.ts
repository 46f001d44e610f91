/**
 * From a payment down to the act it pays, over as many entries as BENCH_ENTRIES (ten million) or BENCH_MINUTES (30) of
 * loading allow: posted through the write path, then read by HTTP from a capitation process, each kind of question in
 * turn about another professional, pathway and month. BENCH_KEEP=1 measures again what an earlier run has loaded.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startIssuer } from '@ariane/auth';
import { openDatabase } from '@ariane/store';
import { startStack } from '../../deploy/stack.ts';
import {
  BOOK,
  codes,
  entryAt,
  eventAt,
  HOT,
  lineAt,
  type Loaded,
  loadBook,
  LOOKED_AT,
  monthName,
  MONTHS,
  NOW,
  partyAt,
  pathwayAt,
  PROFESSIONALS,
  TERRITORY,
} from './drill-down/load.ts';
import { type OneService, startOneService } from './one-service.ts';
import { chanceFrom } from './worklist/register.ts';
import { quantile } from './write-path/measure.ts';

const ENTRIES = Number(process.env.BENCH_ENTRIES ?? '10000000');
const MINUTES = Number(process.env.BENCH_MINUTES ?? '30');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? '200');
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5850');
/** p95 that is promised, in milliseconds. */
const PROMISED_MS = 200;
const WARM_UP = 5;

const dir = join(import.meta.dirname, '..', '..', '.ariane', 'bench', 'drill-down');
const loadedFile = join(dir, 'loaded.json');
const isKept = process.env.BENCH_KEEP === '1' && existsSync(loadedFile);
if (!isKept) rmSync(dir, { recursive: true, force: true });
const stack = await startStack({ mode: 'processes', dir, portBase: PORT_BASE, services: false, log: console.log });
const keysFolder = join(dir, 'store-keys');
const chance = chanceFrom(20_261_128);
const below = (count: number): number => Math.floor(chance() * count);
try {
  const loaded = isKept ? (JSON.parse(readFileSync(loadedFile, 'utf8')) as Loaded) : await loadAll();
  console.log(`${loaded.entries} entries of ${loaded.pathways} pathways, loaded in ${loaded.seconds.toFixed(0)} s`);
  const secretFile = join(dir, 'secrets.json');
  const keysFile = join(dir, 'jwks.json');
  const issuer = await startIssuer({
    ...{ port: 0, keysFile, serviceSecretFile: secretFile, mode: 'test', territory: TERRITORY },
  });
  const env = { ...stack.env, ARIANE_KEYS_DIR: keysFolder, ARIANE_SERVICE_SECRET_FILE: secretFile };
  const service = startOneService('capitation', { dir, port: PORT_BASE + 1, now: NOW, env, issuerUrl: issuer.url });
  try {
    await service.ready();
    await measure(issuer.url, service, loaded);
  } finally {
    service.stop();
    await issuer.stop();
  }
} finally {
  await stack.stop();
}

async function loadAll(): Promise<Loaded> {
  const database = await openDatabase(stack.env.MONGO_URL ?? '', 'ariane_capitation');
  let told = performance.now();
  const loaded = await loadBook(database, keysFolder, { entries: ENTRIES, minutes: MINUTES }, (entries) => {
    if (performance.now() - told < 30_000) return;
    told = performance.now();
    console.log(`  ${entries} entries`);
  });
  await database.connection.close();
  writeFileSync(loadedFile, JSON.stringify(loaded));
  return loaded;
}

async function measure(issuerUrl: string, service: OneService, { entries, pathways }: Loaded): Promise<void> {
  const body = JSON.stringify({ territory: TERRITORY, role: 'finance' });
  const { token } = (await (await fetch(`${issuerUrl}/demo-token`, { method: 'POST', body })).json()) as {
    token: string;
  };
  const headers = { authorization: `Bearer ${token}` };
  const book = `/books/${BOOK}`;
  // Months fill in their order: a load that was cut short by its minutes has fewer.
  const months = Math.max(1, Math.ceil((entries / ENTRIES) * MONTHS));
  const month = (): string => monthName(below(months));
  const payable = (): string => `liabilities:payable:${partyAt(below(PROFESSIONALS))}`;
  const seen = (): number => LOOKED_AT * below(Math.floor(pathways / LOOKED_AT));
  const rank = (): number => below(codes.length);
  const name = encodeURIComponent;
  const questions: Readonly<Record<string, () => string>> = {
    'a month’s balance': () => `${book}/periods/${month()}/trial-balance`,
    'its reasons': () => `${book}/periods/${month()}/reasons`,
    'the payer’s reasons': () => `${book}/periods/${month()}/reasons?account=${HOT}`,
    'a professional’s reasons': () => `${book}/periods/${month()}/reasons?account=${payable()}`,
    'their entries of a month': () => `${book}/periods/${month()}/entries?account=${payable()}&limit=50`,
    'their entries of a reason': () => `${book}/periods/${month()}/entries?account=${payable()}&code=QUALITY&limit=50`,
    'the payer’s entries': () => `${book}/periods/${month()}/entries?account=${HOT}&limit=50`,
    'what all are owed': () => `/statements?book=${BOOK}`,
    'what one is owed': () => `/statements?book=${BOOK}&party=${partyAt(below(PROFESSIONALS))}`,
    'one pathway’s pay': () => `/statements?book=${BOOK}&pathway=${pathwayAt(below(pathways))}`,
    'an entry': () => `/entries/${name(entryAt(below(pathways), rank()))}`,
    'its line': () => `/lines/${name(lineAt(seen(), rank()))}`,
    'its explanation': () => `/entries/${name(entryAt(seen(), rank()))}/explanation`,
    'its proof': () => `/entries/${name(entryAt(below(pathways), rank()))}/proof`,
    'what an event paid': () => `/events/${eventAt(seen())}/entries`,
    'a balance as it was known': () =>
      `${book}/balance?account=${payable()}&effective=2026-02-11T08:00:00Z&known=2026-03-20T08:00:00Z`,
  };
  const figures = new Map<string, number[]>();
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [question, path] of Object.entries(questions)) {
      const asked = path();
      const from = performance.now();
      const response = await fetch(`${service.url}${asked}`, { headers });
      const answer = await response.text();
      const ms = performance.now() - from;
      if (!response.ok) throw new Error(`${asked}: ${response.status} ${answer.slice(0, 300)}`);
      if (round >= 0) figures.set(question, [...(figures.get(question) ?? []), ms]);
    }
  }
  console.log(`\nDrill-down over ${entries} entries: ms by HTTP, p95 promised ≤ ${PROMISED_MS}`);
  for (const [question, all] of figures) {
    const [p50, p95] = [quantile(all, 0.5), quantile(all, 0.95)];
    const verdict = p95 <= PROMISED_MS ? '' : '   MISSED';
    console.log(
      `  ${question.padEnd(28)} ${all.length} times  p50 ${p50.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)}  greatest ${Math.max(...all).toFixed(1)}${verdict}`,
    );
    if (p95 > PROMISED_MS) process.exitCode = 1;
  }
  console.log(`memory of capitation: ${service.memory()}; load of the machine ${loadavg()[0]?.toFixed(1) ?? ''}`);
}
