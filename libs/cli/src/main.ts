import { join } from 'node:path';
import { run } from './run';

/** npm runs its scripts in the repository's folder and says in INIT_CWD where the user stood. */
const folder = process.env.INIT_CWD ?? process.cwd();

/** The first Ctrl-C asks the command to end; a second one ends it. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

void run(process.argv.slice(2), {
  folder,
  stackFile: join(__dirname, '..', '..', '..', '.ariane', 'stack.json'),
  token: process.env.ARIANE_TOKEN,
  write: (text) => process.stdout.write(text),
  tell: (text) => process.stderr.write(text),
  interrupted,
}).then((code) => {
  // Setting it lets a pipe take all that was written before the process ends.
  process.exitCode = code;
});
