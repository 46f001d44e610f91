import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureTestServer } from './downloads.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { describeFailure } from './stack-error.ts';
import { startStack } from './stack.ts';

/**
 * `node deploy/servers-main.ts [--port-base 5200] [--dir FOLDER] [--containers] [--test-server]`: the three servers
 * alone, in the foreground, with one JSON line of what their clients need; SIGTERM or SIGINT stops them. Without
 * --dir the data lives in a temporary folder and is gone afterwards.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'port-base': { type: 'string', default: '5200' },
      dir: { type: 'string' },
      containers: { type: 'boolean', default: false },
      'test-server': { type: 'boolean', default: false },
    },
  });
  const log = (line: string): void => {
    console.error(line);
  };
  if (values['test-server']) {
    console.log(await ensureTestServer(log));
    return;
  }
  const dir = values.dir ?? (await mkdtemp(join(tmpdir(), 'ariane-servers-')));
  const starting = startStack({
    mode: values.containers ? 'containers' : 'processes',
    dir,
    temporary: values.dir === undefined,
    portBase: Number(values['port-base']),
    services: false,
    failPoints: true,
    log,
  });
  const forget = async (): Promise<void> => {
    if (values.dir === undefined) await rm(dir, { recursive: true, force: true });
  };
  onStopSignal(async () => {
    await starting.then(
      (stack) => stack.stop(),
      () => undefined,
    );
    await forget();
  });
  const stack = await starting.catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  console.log(JSON.stringify({ ...stack.env, pids: stack.pids() }));
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exit(1);
});
