import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseContract } from '../../../contracts/contract';
import { diffContracts, diffText } from '../../../cli/contract/diff';
import { ourConsumers } from '../../../cli/contract/read-contracts';
import { main } from '../../../cli/main';
import { changed, TEXT } from '../../contracts/purchases';
import { folder, OLD, written } from './written';

/** What a diff says as a whole; its single changes: diff.test.ts. */
const extra = (property: string, value: string) => `\n        customProperties: [{ property: ${property}, value: ${value} }]`;
const column = (name: string) => `- name: ${name}\n        logicalType: string\n        physicalType: STRING`;
const QUANTITY = '- name: quantity\n        logicalType: integer\n        physicalType: INTEGER';
const PRODUCT = `      ${column('product')}\n`;

it('tells changes of limits by their direction', () => {
  const limited = (options: string) => changed(QUANTITY, `${QUANTITY}\n        logicalTypeOptions: { ${options} }`);
  const effects = (before: string, after: string) =>
    diffContracts(parseContract(limited(before), 'x'), parseContract(limited(after), 'x'), ourConsumers(OLD)).changes.map(
      ({ effect, message }) => `${effect} ${message.replace(/:.*/, '')}`,
    );
  expect(effects('minimum: 9, maximum: 100', 'minimum: 10, maximum: 99')).toEqual([
    'stricter minimum 9 → 10',
    'stricter maximum 100 → 99',
  ]);
  expect(effects('minimum: 10, maximum: 99', 'maximum: 100')).toEqual([
    'compatible minimum 10 → none',
    'compatible maximum 99 → 100',
  ]);
});

it('forgets no name that older files have', () => {
  const renamed = changed('- name: product\n', `- name: item${extra('renamedFrom', 'product')}\n`);
  const later = changed(PRODUCT, `${PRODUCT}      ${column('channel')}${extra('addedIn', '1.2.0')}\n`);
  const without = (text: string) => text.replace(/\n +customProperties: \[\{ property: (renamedFrom|addedIn)[^\n]*/, '');
  const messages = (text: string) =>
    diffContracts(parseContract(text, 'x'), parseContract(without(text), 'x'), ourConsumers(OLD)).changes;
  expect(messages(renamed)).toMatchObject([{ effect: 'breaking', subject: 'purchases.item', consumers: [] }]);
  expect(messages(later)).toMatchObject([{ effect: 'breaking', subject: 'purchases.channel', consumers: [] }]);
});

describe('the version', () => {
  const versioned = (version: string, ...replacement: [] | [from: string, to: string]) => {
    const [from, to] = replacement.length === 0 ? ['', ''] : replacement;
    const text = changed(from, to, changed('version: 1.2.0', `version: ${version}`));
    return diffContracts(parseContract(TEXT, 'x'), parseContract(text, 'x'), ourConsumers(OLD));
  };
  it.each<[version: string, replacement: [] | [string, string], needed: string | null, isRaised: boolean]>([
    ['1.2.0', [], null, true],
    ['1.2.1', ['accuracy: 0.98', 'accuracy: 0.9'], 'minor', false],
    ['1.3.0', ['accuracy: 0.98', 'accuracy: 0.9'], 'minor', true],
    ['1.3.0', ['accuracy: 0.98', 'accuracy: 0.99'], 'major', false],
    ['2.0.0', ['accuracy: 0.98', 'accuracy: 0.99'], 'major', true],
    ['1.0.9', [], 'major', false],
  ])('%s with %j', (version, replacement, needed, isRaised) => {
    expect(versioned(version, ...replacement).version).toEqual({ needed, isRaised });
  });

  it('is breaking where it is lowered', () => {
    expect(diffText(versioned('1.1.9'))).toMatch(
      /^purchases 1\.2\.0 → 1\.1\.9\nbreaking {4}version {2}lowered 1\.2\.0 → 1\.1\.9: /,
    );
  });

  it('is asked for where it was not raised', () => {
    expect(diffText(versioned('1.3.0', '[rds]', '[]'))).toContain(
      '\n1 breaking\nthe version went 1.2.0 → 1.3.0; these changes need a new major version: 2.0.0 or later',
    );
  });
});

describe('assay contract diff', () => {
  const run = async (...words: readonly string[]) => {
    const results: string[] = [];
    const progress: string[] = [];
    const output = {
      result: (text: string) => results.push(text),
      progress: (line: string) => progress.push(line),
      isLive: false,
    };
    const code = await main(['contract', 'diff', ...words], output);
    return { code, result: results.join('\n'), progress: progress.join('\n') };
  };
  const later = changed(PRODUCT, `${PRODUCT}      ${column('channel')}${extra('addedIn', '1.3.0')}\n`);
  const COMPATIBLE = written('compatible.yaml', changed('version: 1.2.0', 'version: 1.3.0', later));
  const BREAKING = written('breaking.yaml', changed("delimiter: ','", "delimiter: ';'"));

  it('ends with 0 where every change is compatible', async () => {
    expect(await run(OLD, COMPATIBLE)).toEqual({
      code: 0,
      result:
        'purchases 1.2.0 → 1.3.0\n' +
        'compatible  purchases.channel  added in 1.3.0: files may lack it, rows from before have none\n1 compatible',
      progress: '',
    });
    expect((await run(OLD, OLD)).result).toBe('purchases 1.2.0 → 1.2.0: no change of files, tables or rules');
  });

  it('ends with 1 and the list where one is not', async () => {
    const { code, result } = await run(OLD, BREAKING, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(result)).toEqual({
      dataset: 'purchases',
      from: '1.2.0',
      to: '1.2.0',
      version: { needed: 'major', isRaised: false },
      isBreaking: true,
      changes: [
        {
          subject: 'csv.delimiter',
          effect: 'breaking',
          message: ', → ;: files from before are refused or misread',
          consumers: [],
        },
      ],
    });
  });

  it('ends with 2 where it is not told two contracts of one dataset', async () => {
    const sales = written('sales.yaml', changed('- name: purchases\n', '- name: sales\n'));
    expect((await run(OLD, sales)).code).toBe(2);
    expect((await run(OLD, join(folder, 'none.yaml'))).code).toBe(2);
    expect((await run(OLD)).code).toBe(2);
  });
});
