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

const FOREIGN_TO_LAMBDAS = {
  regex: '^(aws-cdk-lib|constructs)(/|$)',
  message: 'lambdas run after the deployment and know nothing of the CDK',
};

/** Folders that must not know where they run: a stage differs by its props alone; only its `name` says local. */
const SHIPPED = ['bin', 'lib', 'contracts', 'lambdas'];
const ASKS_WHETHER_LOCAL = [
  ':not(Property[key.name="name"], TSLiteralType) > Literal[value="local"]',
  'TemplateElement[value.cooked="local"]',
].map((selector) => ({
  selector,
  message: 'nothing asks whether it is local; give the stage a property that says what differs',
}));

function importsOf([folder, allowed]) {
  const others = [...Object.keys(MAY_IMPORT), 'sql', 'test'].filter((name) => name !== folder && !allowed.includes(name));
  const regex = `^(\\./)*(\\.\\./)+(${others.join('|')})/`;
  const message = `${folder} may import ${[folder, ...allowed].join(', ')} only`;
  const foreign = { contracts: [FOREIGN_TO_CONTRACTS], lambdas: [FOREIGN_TO_LAMBDAS] }[folder] ?? [];
  const awaited = { selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`, message };
  const questions = SHIPPED.includes(folder) ? ASKS_WHETHER_LOCAL : [];
  return {
    files: [`${folder}/**/*.{ts,js}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex, message }, ...foreign] }],
      'no-restricted-syntax': ['error', awaited, ...questions],
    },
  };
}

/** `// eslint-disable-next-line rule -- reason`: the reason is for whoever wants to take the comment away. */
const explainedComments = {
  create: ({ report, sourceCode }) => ({
    Program() {
      for (const { value, loc } of sourceCode.getAllComments()) {
        if (!/^\s*eslint(-disable\S*)?\s/.test(`${value} `) || /\s--\s+\S/.test(value)) continue;
        // Before the line's first column, or the comment would silence its own report.
        report({ loc: { ...loc, start: { line: loc.start.line, column: -1 } }, message: 'say why: "… -- reason"' });
      }
    },
  }),
};

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', '.assay/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,js}'],
    languageOptions: { globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { assay: { rules: { 'explained-comments': explainedComments } } },
    rules: { 'max-lines': ['error', 200], 'assay/explained-comments': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
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
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
