import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Folders that import one another in one direction only. */
const FOLDERS = ['contracts', 'lambdas', 'lib', 'local', 'cli', 'bin', 'bench', 'test'];

/** Who may import whom; what is not named is forbidden. */
const MAY_IMPORT = {
  contracts: ['contracts'],
  lambdas: ['lambdas', 'contracts', 'sql'],
  lib: ['lib', 'contracts'],
  local: ['local'],
  cli: ['cli', 'contracts', 'local'],
  bin: ['bin', 'lib', 'cli', 'contracts'],
  bench: ['bench', 'cli', 'contracts', 'local'],
  test: [...FOLDERS, 'sql'],
};

const OF_CONTRACTS = ['zod', 'yaml', 'node:*'];

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', '.assay/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A schema and the type it infers share one name.
      '@typescript-eslint/no-redeclare': 'off',
      'no-redeclare': 'off',
      // One error is one small class without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true, allowStaticOnly: true }],
    },
  },
  {
    files: ['**/*.{ts,js}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': [...FOLDERS, 'sql'].map((name) => ({ type: name, pattern: `${name}/**`, mode: 'full' })),
      'import/resolver': { typescript: { alwaysTryTypes: true } },
    },
    languageOptions: { globals: globals.node },
    rules: {
      'max-lines': ['error', { max: 200 }],
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: Object.entries(MAY_IMPORT).map(([from, allow]) => ({ from, allow })),
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          // bin/, lib/, lambdas/ must not know where they run: a stage differs by its props alone.
          selector: 'BinaryExpression[operator=/^[!=]==?$/] > Literal[value="local"]',
          message: 'nothing asks whether it is local; give the stage a property that says what differs',
        },
      ],
    },
  },
  { files: ['contracts/**/*.ts'], rules: { 'boundaries/external': ['error', { default: 'disallow', rules: [{ from: '*', allow: OF_CONTRACTS }] }] } },
  { files: ['{bin,lib,contracts,lambdas,local,cli,bench}/**/*.{ts,js}'], rules: { 'max-lines-per-function': ['error', { max: 40, IIFEs: true }] } },
  { files: ['lambdas/*/index.ts'], rules: { 'max-lines-per-function': ['error', { max: 25, IIFEs: true }] } },
  // The command line is where a stage is chosen.
  { files: ['cli/**/*.ts', 'local/**/*.ts', 'test/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
