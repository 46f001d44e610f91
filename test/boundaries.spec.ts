import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(__dirname, '..');

/** One planted fault: where, what, and the rule that must bite. */
type Fault = readonly [where: string, file: string, code: string, rule: string];

const boundary = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

const faults: readonly Fault[] = [
  [
    'contracts',
    'contracts/src/catalogue.ts',
    "import { fold } from '@ariane/kernel';\nexport const planted = fold;",
    boundary,
  ],
  [
    'contracts',
    'contracts/src/catalogue.ts',
    "import mongoose from 'mongoose';\nexport const planted = mongoose;",
    imports,
  ],
  [
    'a pure library',
    'libs/kernel/src/decider.ts',
    "import { Store } from '@ariane/store';\nexport const planted = Store;",
    boundary,
  ],
  [
    'a pure library',
    'libs/kernel/src/decider.ts',
    "import { Kafka } from 'kafkajs';\nexport const planted = Kafka;",
    imports,
  ],
  ['a pure library', 'libs/protocol/src/index.ts', 'export const planted = () => new Date();', syntax],
  ['a pure library', 'libs/clinical-rules/src/index.ts', 'export const planted = () => Date.now();', syntax],
  ['a pure library', 'libs/kernel/src/decider.ts', 'export const planted = () => Math.random();', syntax],
  [
    'a pure library',
    'libs/kernel/src/decider.ts',
    'export const planted = async () => { await Promise.resolve(); };',
    syntax,
  ],
  [
    'a shell library',
    'libs/store/src/store.ts',
    "import { Client } from '@temporalio/client';\nexport const planted = Client;",
    boundary,
  ],
  [
    'a service',
    'services/scheduling/src/appointments.controller.ts',
    "import { Kafka } from 'kafkajs';\nexport const planted = Kafka;",
    boundary,
  ],
  [
    'a service',
    'services/scheduling/src/appointments.controller.ts',
    "import { Worker } from '@temporalio/worker';\nexport const planted = Worker;",
    boundary,
  ],
  [
    'a service',
    'services/scheduling/src/appointments.controller.ts',
    "import { workflowIdOf } from '@ariane/workflows';\nexport const planted = workflowIdOf;",
    boundary,
  ],
  [
    'a service',
    'services/scheduling/src/appointments.controller.ts',
    "import { until } from '@ariane/testing/integration';\nexport const planted = until;",
    imports,
  ],
  [
    'a shell library',
    'libs/store/src/store.ts',
    "import { until } from '@ariane/testing/integration';\nexport const planted = until;",
    boundary,
  ],
  [
    'a pure file of a service',
    'services/scheduling/src/appointment.ts',
    "import { Store } from '@ariane/store';\nexport const planted = Store;",
    imports,
  ],
  [
    'a pure file of a service',
    'services/scheduling/src/appointment.ts',
    "import { planted as other } from './planted.store';\nexport const planted = other;",
    imports,
  ],
  ['a pure file of a service', 'services/pathways/src/pathway.ts', 'export const planted = () => new Date();', syntax],
  [
    'a pure file with money',
    'services/capitation/src/ledger.ts',
    'export const planted = (text: string) => parseFloat(text);',
    syntax,
  ],
  [
    'the command line',
    'libs/cli/src/run.ts',
    "import { Store } from '@ariane/store';\nexport const planted = Store;",
    boundary,
  ],
  [
    'the workflows',
    'workflows/src/pathway.activities.ts',
    "import mongoose from 'mongoose';\nexport const planted = mongoose;",
    boundary,
  ],
  ['the workflows', 'workflows/src/ring.ts', 'export const planted = () => Date.now();', syntax],
  [
    'every file',
    'libs/bus/src/relay.ts',
    'export const planted = () => { Promise.resolve(); };',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'every file',
    'libs/bus/src/relay.ts',
    "export const planted = (kind: 'a' | 'b') => { switch (kind) { case 'a': return 1; } return 2; };",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'every file',
    'services/meetings/src/quorum.ts',
    'export const planted = (value: any) => value;',
    '@typescript-eslint/no-explicit-any',
  ],
  ['every file', 'libs/service/src/clock.ts', "export const planted = () => { console.log('x'); };", 'no-console'],
];

describe('the fences hold: a fault planted in', () => {
  const eslint = new ESLint({ cwd: root });

  // The text stands in for that of a file which exists, so that its project's types are at hand.
  it.each(faults)(
    '%s (%s) is an error: %s',
    async (_where, file, code, rule) => {
      expect(existsSync(join(root, file))).toBe(true);
      const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
      expect((result?.messages ?? []).map((one) => one.ruleId ?? one.message)).toContain(rule);
    },
    60_000,
  );
});
