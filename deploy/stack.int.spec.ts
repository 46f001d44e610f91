import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { startStack, type Stack } from './stack.ts';
import { stackMode } from './start-arguments.ts';
import { portIsFree } from './wait.ts';

/** Beside the servers that `npm test` shares among the other integration tests. */
const PORT_BASE = 5400;

describe('a stack of servers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ariane-stack-'));
  const mode = stackMode(process.env);
  const lines: string[] = [];
  const start = (): Promise<Stack> =>
    startStack({
      mode,
      dir,
      portBase: PORT_BASE,
      services: false,
      log: (line) => {
        lines.push(line);
      },
    });
  let stack: Stack;

  beforeAll(async () => {
    stack = await start();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const markers = async (): Promise<number> => {
    const client = await mongo.MongoClient.connect(stack.env['MONGO_URL']!);
    try {
      const collection = client.db('stack').collection('markers');
      await collection.insertOne({}, { writeConcern: { w: 'majority', j: true } });
      return await collection.countDocuments();
    } finally {
      await client.close();
    }
  };

  // The promises of the design for a stack under storm; an idle machine needs 0.5, 2.5 and 0.2 s.
  it.each([
    ['mongo', 6],
    ['kafka', 30],
    ['temporal', 6],
  ])('starts %s again within %i s of a kill -9', async (name, seconds) => {
    const killedAt = performance.now();
    const told = lines.length;
    await stack.kill(name);
    while (lines.length === told) await sleep(10);
    await stack.whenReady(name);
    expect(performance.now() - killedAt).toBeLessThan(seconds * 1_000);
  });

  it('keeps an acknowledged write through a kill -9 of MongoDB', async () => {
    const before = await markers();
    await stack.kill('mongo');
    expect(await markers()).toBe(before + 1);
  });

  it('refuses a second one on its ports, in one sentence with the remedy', async () => {
    await expect(start()).rejects.toThrow(
      /^Port 5420 \(mongo\) is taken by .+: stop that process, or choose other ports with ARIANE_PORT_BASE/,
    );
  });

  it('leaves its ports free when it was stopped, and its data for the next start', async () => {
    const before = await markers();
    await stack.stop();
    expect(
      await Promise.all([stack.ports.mongo, stack.ports.kafka, stack.ports.temporal].map((port) => portIsFree(port))),
    ).toEqual([true, true, true]);
    stack = await start();
    // A container takes its data with it.
    expect(await markers()).toBe(mode === 'processes' ? before + 1 : 1);
  });
});
