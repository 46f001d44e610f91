import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ChildRunner } from './child-runner.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { repositoryRoot } from './service-processes.ts';

/** `npm run bench -- write-path ...`: runs test/bench/<name>.ts, which starts the servers that it measures. */
const folder = join(repositoryRoot, 'test', 'bench');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => /^[a-z-]+\.ts$/.test(file))
      .map((file) => file.replace(/\.ts$/, ''))
  : [];
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(
    `${name === undefined ? 'Name a bench' : `There is no bench named ${name}`}: npm run bench -- ${names.join(' | ') || '(there are none yet)'}`,
  );
  process.exit(2);
}
const children = new ChildRunner();
onStopSignal(() => {
  children.stop();
  return Promise.resolve();
});
await build();
process.exit(await children.runScript(join(folder, `${name}.ts`), args, { stdio: 'inherit' }));
