import { join } from 'node:path';
import { ChildRunner } from '../deploy/child-runner.ts';
import { portBaseOf } from '../deploy/start-arguments.ts';

/** Away from the stacks of the other stories; one after the other they could share, but a killed one may still end. */
const PORT_OFFSET = 500;
const SEED = '1';
/** Of a timer that kafkajs sets into the past; and not the options of Jest. */
const QUIET = '--disable-warning=TimeoutNegativeWarning';

describe('the story under faults', () => {
  const children = new ChildRunner();
  afterAll(() => {
    children.stop();
  });

  it('comes to the same states and entries though parts are killed, events come again and commands are sent twice', async () => {
    const portBase = String(portBaseOf(process.env, 5100) + PORT_OFFSET);
    const storm = join(import.meta.dirname, 'faults', 'storm.ts');
    const asked = ['--seeds', '1', '--from', SEED, '--course', 'refuses', '--port-base', portBase];
    expect(await children.runScript(storm, asked, { env: { ...process.env, NODE_OPTIONS: QUIET } })).toBe(0);
  }, 600_000);
});
