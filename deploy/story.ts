import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ChildRunner } from './child-runner.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { describeFailure } from './stack-error.ts';
import { runningStack } from './stack-file.ts';
import { startStack } from './stack.ts';
import { portBaseOf, stackMode } from './start-arguments.ts';

/** A story without a running stack gets one of its own, which is gone afterwards; away from the ports of the demo. */
const STORY_PORT_BASE = 6100;
const STORY_STARTS_AT = '2026-03-02T08:00:00.000Z';

/** `npm run story -- breast-cancer ...`: plays the story against the running stack, or a temporary one. */
async function main(): Promise<number> {
  const children = new ChildRunner();
  const play = (env: Readonly<Record<string, string>>, urls: Readonly<Record<string, string>>): Promise<number> =>
    children.runScript('test/story/play.ts', process.argv.slice(2), {
      env: { ...process.env, ...env, STACK_URLS: JSON.stringify(urls) },
      stdio: ['inherit', 'inherit', 'inherit'],
    });
  const running = runningStack();
  if (running) {
    onStopSignal(() => {
      children.stop();
      return Promise.resolve();
    });
    return play(running.env, running.urls);
  }
  console.error('No stack runs here (npm start would be one): starting a temporary one ...');
  const dir = mkdtempSync(join(tmpdir(), 'ariane-story-'));
  const giveUp = new AbortController();
  const starting = build().then(() =>
    startStack({
      mode: stackMode(process.env),
      dir,
      temporary: true,
      portBase: portBaseOf(process.env, STORY_PORT_BASE),
      services: true,
      demoClock: STORY_STARTS_AT,
      log: (line) => {
        console.error(line);
      },
      signal: giveUp.signal,
    }),
  );
  const end = async (): Promise<void> => {
    giveUp.abort();
    children.stop();
    await starting.then(
      (stack) => stack.stop(),
      () => undefined,
    );
    await rm(dir, { recursive: true, force: true });
  };
  onStopSignal(end);
  try {
    const stack = await starting;
    return await play(stack.env, stack.urls);
  } finally {
    await end();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exit(1);
  },
);
