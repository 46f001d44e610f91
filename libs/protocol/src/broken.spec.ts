import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProtocolText } from './check';
import type { FaultKind } from './fault';

const folder = join(__dirname, '../broken');

describe('a protocol that is broken on purpose', () => {
  it.each<[string, FaultKind, string, number, string]>([
    ['schema.yaml', 'schema', '/steps/0/record', 26, 'Write "records"'],
    ['name.json', 'name', '/steps/1/start/all/0/after', 98, 'Write "visit"'],
    ['type.yaml', 'type', '/steps/1/when', 36, 'Write a number.'],
    ['unit.yaml', 'unit', '/steps/1/when', 36, 'Write the limit in umol/L'],
    ['unreachable.yaml', 'unreachable', '/steps/1/when', 36, 'Mend the condition'],
    ['endless.yaml', 'endless', '/ends/0/after', 41, 'Give the last rhythm a "for"'],
    ['window.json', 'window', '/steps/1/window/earliest', 103, 'Make earliest shorter'],
    ['missing-role.yaml', 'role', '/steps/1/late/owner', 37, 'Add it under "roles"'],
    ['cycle.yaml', 'cycle', '/steps/0/start', 21, 'Take one of these links out'],
    ['sub-protocol-loop.yaml', 'sub-protocol', '/steps/2/protocol', 47, 'Let one of these protocols stop'],
    ['no-way-out.yaml', 'no-way-out', '/steps/1/start/all/1/fact', 35, 'Name it under "records"'],
    ['failing-example.yaml', 'example', '/examples/0/expect/steps/visit/status', 47, 'Mend the rule'],
  ])('%s has the one fault it is made for (%s), with its line and a remedy', (name, kind, pointer, line, remedy) => {
    const faults = checkProtocolText(readFileSync(join(folder, name), 'utf8'), []);
    expect(faults).toMatchObject([{ kind, pointer, line }]);
    expect(faults[0]?.remedy.startsWith(remedy)).toBe(true);
    expect(faults[0]?.remedy).toMatch(/\.$/);
  });

  it('is one of twelve', () => {
    expect(readdirSync(folder)).toHaveLength(12);
  });
});
