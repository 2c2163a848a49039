import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// Rules that need types are left to the run over real files: a snippet belongs to no project.
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } }],
  ruleFilter: ({ ruleId }) =>
    !ruleId.startsWith('@typescript-eslint/') || ruleId.endsWith('/no-explicit-any') || ruleId.endsWith('/ban-ts-comment'),
});

async function brokenRules(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: `${ROOT}/${filePath}` });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

const IMPORTS = 'no-restricted-imports';
const lines = (count: number) => `export function long() {\n${'  void 0;\n'.repeat(count)}}\n`;

describe('the rules of this project', () => {
  it.each([
    ['a Lambda imports lib', 'lambdas/receive-file/index.ts', "import '../../lib/stages';", IMPORTS],
    ['lib imports a Lambda', 'lib/stages.ts', "import '../lambdas/s3/client';", IMPORTS],
    ['contracts import lib', 'contracts/contract.ts', "import '../lib/stages';", IMPORTS],
    ['contracts import the CDK', 'contracts/contract.ts', "import 'aws-cdk-lib';", IMPORTS],
    [
      'lib asks whether it is local',
      'lib/stages.ts',
      "export const is = (stage: string) => stage === 'local';",
      'no-restricted-syntax',
    ],
    [
      'a Lambda asks whether it is local',
      'lambdas/s3/client.ts',
      "export const is = (stage: string) => 'local' !== stage;",
      'no-restricted-syntax',
    ],
    ['a stage by switch', 'lib/assay-stage.ts', "switch (String(1)) { case 'local': break; }", 'no-restricted-syntax'],
    ['a stage by list', 'lib/assay-stage.ts', "['local'].includes(String(1));", 'no-restricted-syntax'],
    ['a Lambda imports the CDK', 'lambdas/s3/client.ts', "import 'aws-cdk-lib/aws-s3';", IMPORTS],
    ['a roundabout path', 'lambdas/s3/client.ts', "import './../../lib/stages';", IMPORTS],
    ['an awaited import', 'lambdas/s3/client.ts', "await import('../../lib/stages');", 'no-restricted-syntax'],
    ['lib imports a test', 'lib/stages.ts', "import '../test/lib/stages.test';", IMPORTS],
    [
      'a rule silenced without its reason',
      'lib/stages.ts',
      '// eslint-disable-next-line no-empty\nif (Date.now()) {}',
      'assay/explained-comments',
    ],
    ['everything silenced without its reason', 'lib/stages.ts', '/* eslint-disable */', 'assay/explained-comments'],
    ['any', 'lib/stages.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
    [
      'a silenced type check without its reason',
      'lib/stages.ts',
      '// @ts-expect-error\nexport const x = 1;',
      '@typescript-eslint/ban-ts-comment',
    ],
    ['a function of more than 40 lines', 'lib/stages.ts', lines(40), 'max-lines-per-function'],
    ['a handler of more than 25 lines', 'lambdas/receive-file/index.ts', lines(25), 'max-lines-per-function'],
    ['a file of more than 200 lines', 'lib/stages.ts', '// a line\n'.repeat(201), 'max-lines'],
  ])('refuse %s', async (_what, path, code, rule) => {
    expect(await brokenRules(path, code)).toContain(rule);
  });

  it.each([
    ['a Lambda imports contracts', 'lambdas/receive-file/index.ts', "import '../../contracts/errors';"],
    ['lib imports contracts', 'lib/stages.ts', "import '../contracts/errors';"],
    ['a rule silenced for a reason', 'lib/stages.ts', '// eslint-disable-next-line no-empty -- why\nif (Date.now()) {}'],
    ['a stage called local', 'lib/stages.ts', "export const stage = { name: 'local' };"],
    ['contracts import zod', 'contracts/contract.ts', "import 'zod';"],
    ['a function of 40 lines', 'lib/stages.ts', lines(38)],
  ])('allow %s', async (_what, path, code) => {
    expect(await brokenRules(path, code)).toEqual([]);
  });
});
