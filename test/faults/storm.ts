/**
 * The story under faults: for each seed the same story is played on a new stack while parts of it are killed, events
 * come again and commands are sent twice; what it came to must be what it comes to without a fault.
 *
 *   node test/faults/storm.ts [--seeds 20] [--from 1] [--course dies] [--port-base 6500] [--keep]
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onStopSignal } from '../../deploy/on-stop-signal.ts';
import { type Stack } from '../../deploy/stack.ts';
import { type CourseName, courses } from '../story/courses.ts';
import { type DrillResult, type DrillSettings, faultyRun, referenceRun } from './drill.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    course: { type: 'string', default: 'dies' },
    'port-base': { type: 'string', default: process.env['ARIANE_PORT_BASE'] ?? '6500' },
    keep: { type: 'boolean', default: false },
  },
});
const stormFolder = join(import.meta.dirname, '../../.ariane/storm');
const LINES_SHOWN_OF_A_DIFFERENCE = 30;
let running: Stack | undefined;

function courseNamed(name: string): CourseName {
  const found = (Object.keys(courses) as CourseName[]).find((known) => known === name); // as: the keys are the names
  if (found === undefined) throw new Error(`There is no course ${name}; there are ${Object.keys(courses).join(', ')}.`);
  return found;
}

/** Runs in a folder of its own; the lines and the servers' logs of a run that failed stay under .ariane/storm. */
async function inFolder(name: string, run: (settings: DrillSettings) => Promise<DrillResult>): Promise<DrillResult> {
  const dir = mkdtempSync(join(tmpdir(), 'ariane-storm-'));
  const kept = join(stormFolder, `${name}.log`);
  mkdirSync(stormFolder, { recursive: true });
  writeFileSync(kept, '');
  const startedMs = performance.now();
  const log = (line: string): void => {
    appendFileSync(kept, `[${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)}] ${line}\n`);
  };
  const settings = {
    course: courseNamed(values.course),
    dir,
    portBase: Number(values['port-base']),
    log,
    started: (stack: Stack): void => {
      running = stack;
    },
  };
  try {
    return await run(settings);
  } catch (error) {
    log(String(error));
    throw error;
  } finally {
    if (values.keep) log(`data and logs are in ${dir}`);
    else rmSync(dir, { recursive: true, force: true });
  }
}

/** Lines of only one of the two texts. */
function differences(expected: string, found: string): string[] {
  const [before, after] = [expected.split('\n'), found.split('\n')];
  const count = (lines: readonly string[], line: string): number => lines.filter((one) => one === line).length;
  const lines = [...new Set([...before, ...after])].sort();
  return lines.flatMap((line) => {
    const more = count(after, line) - count(before, line);
    return more === 0 ? [] : [`${more < 0 ? '-' : '+'} ${line}`];
  });
}

const seconds = (fromMs: number): string => `${((performance.now() - fromMs) / 1000).toFixed(0)} s`;

async function weather(seed: number, reference: DrillResult): Promise<boolean> {
  const startedMs = performance.now();
  const name = `${values.course}-${seed}`;
  try {
    const { digest, violations, struck } = await inFolder(name, (settings) =>
      faultyRun(settings, seed, reference.commands),
    );
    const lines = [...violations, ...differences(reference.digest.text, digest.text)];
    const faults = Object.entries(struck).map(([kind, count]) => `${kind} ${count}`);
    const verdict = lines.length === 0 ? 'PASS' : 'FAIL';
    console.log(`seed ${seed}  ${faults.join(', ')}  ${seconds(startedMs)}  ${digest.sha256.slice(0, 12)}  ${verdict}`);
    for (const line of lines.slice(0, LINES_SHOWN_OF_A_DIFFERENCE)) console.log(`  ${line}`);
    if (lines.length > 0) writeFileSync(join(stormFolder, `${name}.diff`), `${lines.join('\n')}\n`);
    return lines.length === 0;
  } catch (error) {
    console.log(`seed ${seed}  ${seconds(startedMs)}  FAIL: ${String(error)}; see .ariane/storm/${name}.log`);
    return false;
  }
}

async function main(): Promise<number> {
  onStopSignal(async () => {
    await running?.stop();
  });
  const startedMs = performance.now();
  const reference = await inFolder(`${values.course}-reference`, referenceRun);
  const { digest, commands, violations } = reference;
  const length = digest.text.split('\n').length - 1;
  console.log(
    `reference  ${values.course}: ${commands} commands, ${length} lines, ${seconds(startedMs)}  ${digest.sha256.slice(0, 12)}`,
  );
  for (const line of violations) console.log(`  ${line}`);
  writeFileSync(join(stormFolder, `${values.course}-reference.txt`), digest.text);
  const from = Number(values.from);
  let passed = 0;
  for (let seed = from; seed < from + Number(values.seeds); seed += 1) if (await weather(seed, reference)) passed += 1;
  console.log(`${passed} of ${values.seeds} seeds came to the same, in ${seconds(startedMs)}`);
  return passed === Number(values.seeds) && violations.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
