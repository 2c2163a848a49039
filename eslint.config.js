import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import whom, beside itself; imports go one way. */
const MAY_IMPORT = {
  contracts: [],
  lambdas: ['contracts', 'sql'],
  lib: ['contracts'],
  local: [],
  cli: ['contracts', 'local'],
  bin: ['lib', 'cli', 'contracts'],
  bench: ['cli', 'contracts', 'local'],
};

/** `contracts` goes into every bundle, so it stays small. */
const FOREIGN_TO_CONTRACTS = {
  regex: '^(?!\\.|node:|zod$|yaml$)',
  message: 'contracts imports zod and yaml only',
};

function importsOf([folder, allowed]) {
  const forbidden = [...Object.keys(MAY_IMPORT), 'sql'].filter((other) => other !== folder && !allowed.includes(other));
  const inward = {
    regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
    message: `${folder} may import ${[folder, ...allowed].join(', ')} only`,
  };
  const patterns = folder === 'contracts' ? [inward, FOREIGN_TO_CONTRACTS] : [inward];
  return { files: [`${folder}/**/*.{ts,js}`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', '.assay/'] },
  js.configs.recommended,
  { files: ['**/*.{ts,js}'], languageOptions: { globals: globals.node }, rules: { 'max-lines': ['error', 200] } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A schema and the type it infers share one name.
      'no-redeclare': 'off',
      // One error is one small class without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true, allowStaticOnly: true }],
    },
  },
  ...Object.entries(MAY_IMPORT).map(importsOf),
  {
    files: ['{bin,lib,contracts,lambdas,local,cli,bench}/**/*.{ts,js}'],
    rules: { 'max-lines-per-function': ['error', 40] },
  },
  { files: ['lambdas/*/index.ts'], rules: { 'max-lines-per-function': ['error', 25] } },
  {
    // They must not know where they run: a stage differs by its props alone.
    files: ['{bin,lib,contracts,lambdas}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator=/^[!=]==?$/] > Literal[value="local"]',
          message: 'nothing asks whether it is local; give the stage a property that says what differs',
        },
      ],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
