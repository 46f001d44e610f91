import { build } from './build.mjs';
import { ChildRunner } from './child-runner.ts';
import { onStopSignal } from './on-stop-signal.ts';

/** `npm run -s ariane -- ...`: the command line of libs/cli, built first; only its own words go to standard output. */
const children = new ChildRunner();
onStopSignal(() => {
  children.stop();
  return Promise.resolve();
});
await build((line) => {
  console.error(line);
});
process.exit(
  await children.run(process.execPath, ['libs/cli/dist/main.js', ...process.argv.slice(2)], { stdio: 'inherit' }),
);
