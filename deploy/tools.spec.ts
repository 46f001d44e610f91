import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaMajor, missingTools } from './tools.mjs';

function pathWith(...commands: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ariane-path-'));
  for (const command of commands) {
    writeFileSync(join(folder, command), '');
    chmodSync(join(folder, command), 0o755);
  }
  return folder;
}

const java17 = (): { ok: boolean; text: string } => ({ ok: true, text: 'openjdk version "17.0.15" 2025-04-15' });
const all = ['npm', 'python3', 'mvn', 'java'];

describe('the tools of the machine', () => {
  it('are enough when all are there', () => {
    expect(missingTools({ nodeVersion: 'v20.20.2', path: pathWith(...all), servers: true, run: java17 })).toEqual([]);
  });

  it.each(all)('are refused without %s in one sentence with its remedy', (tool) => {
    const path = pathWith(...all.filter((other) => other !== tool));
    const sentences = missingTools({ nodeVersion: 'v20.20.2', path, servers: true, run: java17 });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(/is not installed: .*apt-get install/);
  });

  it('are refused with an old Node, an old Java, or a Python without pip', () => {
    const run = (command: string): { ok: boolean; text: string } =>
      command === 'java' ? { ok: true, text: 'java version "1.8.0_392"' } : { ok: false, text: 'No module named pip' };
    const sentences = missingTools({ nodeVersion: 'v18.19.0', path: pathWith(...all), servers: true, run });
    expect(sentences.map((sentence) => sentence.split(' is needed')[0])).toEqual([
      'Node 20 or newer',
      'pip',
      'Java 17 or newer',
    ]);
    expect(sentences[2]).toContain('this machine runs Java 8');
  });

  it('need neither Python nor Java where no server is started', () => {
    expect(missingTools({ nodeVersion: 'v24.0.0', path: pathWith('npm'), servers: false, run: java17 })).toEqual([]);
  });

  it('tell the Java version of old and new builds', () => {
    expect([
      javaMajor('openjdk version "21" 2023-09-19'),
      javaMajor('java version "1.8.0_392"'),
      javaMajor('?'),
    ]).toEqual([21, 8, undefined]);
  });
});
