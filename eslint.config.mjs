import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Files that may talk to the world; every other file of the pure folders below is a function of its arguments. */
const shellSuffixes = [
  '**/*.controller.ts',
  '**/*.consumer.ts',
  '**/*.store.ts',
  '**/*.module.ts',
  '**/*.guard.ts',
  '**/*.activities.ts',
  '**/*.workflow.ts',
  '**/main.ts',
];

/** A rule is broken by ambient time, chance or waiting: they come in as arguments instead. */
const ambient = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument: take `now`.' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument: take `now`.',
  },
  {
    selector: "CallExpression[callee.object.property.name='Now'][callee.object.object.name='Temporal']",
    message: 'Time is an argument: take `now`.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance is an argument.',
  },
  { selector: "CallExpression[callee.name='randomUUID']", message: 'Ids are arguments.' },
  { selector: 'AwaitExpression', message: 'A pure file does not wait: move this to a file with a role suffix.' },
  {
    selector: 'FunctionDeclaration[async=true], FunctionExpression[async=true], ArrowFunctionExpression[async=true]',
    message: 'A pure file has no async function.',
  },
];

const moneyFloats = [
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Money is bigint cents or an exact rational.' },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name='parseFloat']",
    message: 'Money is bigint cents or an exact rational.',
  },
];

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/out-tsc/**', '**/node_modules/**', '.ariane/**', '.nx/**', '**/*.cjs', '**/*.mjs'],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          banTransitiveDependencies: false,
          depConstraints: [
            {
              sourceTag: 'layer:contracts',
              onlyDependOnLibsWithTags: ['layer:contracts'],
              bannedExternalImports: ['mongoose', 'kafkajs', '@nestjs/*', '@temporalio/*', '@opentelemetry/*'],
            },
            {
              sourceTag: 'layer:pure',
              onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure'],
              bannedExternalImports: ['mongoose', 'kafkajs', '@nestjs/*', '@temporalio/*', '@opentelemetry/*'],
            },
            {
              sourceTag: 'layer:shell',
              onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure', 'layer:shell'],
              bannedExternalImports: ['@temporalio/*'],
            },
            {
              sourceTag: 'layer:service',
              onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure', 'layer:shell'],
              bannedExternalImports: ['kafkajs', '@temporalio/*'],
            },
            {
              sourceTag: 'layer:workflows',
              onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure', 'layer:shell'],
              bannedExternalImports: ['mongoose', 'kafkajs'],
            },
            // The command line stands above the services and nothing imports it: it uses their pure index, never their shell.
            {
              sourceTag: 'layer:tool',
              onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure', 'layer:service'],
              bannedExternalImports: ['mongoose', 'kafkajs', '@nestjs/*', '@temporalio/*'],
            },
            // The page knows the portal's addresses and nothing of its code.
            { sourceTag: 'layer:web', onlyDependOnLibsWithTags: ['layer:web'] },
            { sourceTag: 'layer:deploy', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure', 'layer:shell'] },
            { sourceTag: 'layer:test', onlyDependOnLibsWithTags: ['*'] },
          ],
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['services/portal/web/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // A component's markup is read from above to below: it may be longer than a rule.
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['services/portal/web/**/*.ts', 'services/portal/web/**/*.tsx'],
    ignores: ['services/portal/web/src/ui/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^@mantine/', message: 'Only src/ui knows Mantine: take the part from there.' },
            { regex: '^@tanstack/react-table$', message: 'Only src/ui/data-table.tsx knows it.' },
          ],
        },
      ],
    },
  },
  {
    // The pure files below have a narrower list of their own.
    files: ['services/*/src/**/*.ts', 'workflows/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@ariane/testing(/|$)', message: 'Only specs are set up by @ariane/testing.' }] },
      ],
    },
  },
  {
    files: [
      'services/*/src/**/*.ts',
      'workflows/src/**/*.ts',
      'contracts/src/**/*.ts',
      'libs/{kernel,protocol,clinical-rules,simulation}/src/**/*.ts',
    ],
    ignores: [...shellSuffixes, '**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(?!\\.{1,2}/|@ariane/(contracts|kernel|protocol|clinical-rules)$|@sinclair/typebox(/.*)?$|ajv$|ajv-formats$|fhirpath|temporal-polyfill$|yaml$|node:crypto$|@temporalio/workflow$)',
              message:
                'A file without a role suffix is pure: it imports contracts, kernel, protocol and pure neighbours.',
            },
            {
              regex: '\\.(controller|consumer|store|module|guard|activities|workflow)$',
              message: 'A pure file does not import the shell.',
            },
          ],
        },
      ],
      'no-restricted-syntax': ['error', ...ambient],
    },
  },
  {
    files: ['services/capitation/src/**/*.ts', 'libs/kernel/src/**/*.ts'],
    ignores: [...shellSuffixes, '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ambient, ...moneyFloats] },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Tests and benches start the stack itself, which is run from source and has no package to import.
    files: ['test/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: ['../deploy/*', '../../deploy/*', '../../../deploy/*'],
          depConstraints: [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }],
        },
      ],
    },
  },
  {
    files: ['deploy/**/*.ts', 'libs/cli/src/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
