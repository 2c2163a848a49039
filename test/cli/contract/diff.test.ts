import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseContract } from '../../../contracts/contract';
import type { Change } from '../../../cli/contract/change';
import { diffContracts } from '../../../cli/contract/diff';
import { ourConsumers } from '../../../cli/contract/read-contracts';
import { changed, TEXT } from '../../contracts/purchases';
import { folder, OLD, written } from './written';

const MODEL = 'customer_purchase_summary';
const GOLD = `sql/gold/${MODEL}.sql`;

/** The changes that replacing parts of the contract's text makes, by the project's own SQL. */
function changes(...replacements: readonly (readonly [from: string, to: string])[]): readonly Change[] {
  const text = replacements.reduce((before, [from, to]) => changed(from, to, before), TEXT);
  const path = written('new.yaml', text);
  return diffContracts(parseContract(TEXT, 'old'), parseContract(text, 'new'), ourConsumers(path)).changes;
}

/** Where the project's file has these lines; each must be there once. */
function places(file: string, ...lines: readonly string[]): string[] {
  const all = readFileSync(file, 'utf8').split('\n');
  return lines.map((text) => {
    const found = [...all.keys()].filter((index) => all[index]?.trim() === text);
    if (found.length !== 1) throw new Error(`${file} has ${JSON.stringify(text)} ${found.length} times`);
    return `${file}:${(found[0] ?? 0) + 1}`;
  });
}

const briefly = (all: readonly Change[]) => all.map(({ effect, subject }) => `${effect} ${subject}`);
const usedAt = (all: readonly Change[]) =>
  all.flatMap(({ consumers }) => consumers.map(({ file, line }) => `${file.replace(`${folder}/`, '')}:${line}`));
const extra = (property: string, value: string) => `\n        customProperties: [{ property: ${property}, value: ${value} }]`;
const column = (name: string, type = 'string', physical = 'STRING') =>
  `- name: ${name}\n        logicalType: ${type}\n        physicalType: ${physical}`;
const QUANTITY = column('quantity', 'integer', 'INTEGER');
const PRODUCT = `      ${column('product')}\n`;

describe('compatible', () => {
  it.each<[title: string, replacements: [from: string, to: string][], subject: string]>([
    ['a later column', [[PRODUCT, `${PRODUCT}      ${column('channel')}${extra('addedIn', '1.2.0')}\n`]], 'purchases.channel'],
    [
      'a renamed column that no SQL reads',
      [['- name: product\n', `- name: item${extra('renamedFrom', 'product')}\n`]],
      'purchases.item',
    ],
    ['a widened column', [[QUANTITY, column('quantity', 'integer', 'BIGINT')]], 'purchases.quantity'],
    ['required → optional', [[`${QUANTITY}\n        required: true`, QUANTITY]], 'purchases.quantity'],
    ['a lower threshold', [['accuracy: 0.98', 'accuracy: 0.9']], 'thresholds.accuracy'],
  ])('%s', (_title, replacements, subject) => {
    const [only, ...others] = changes(...replacements);
    expect(only).toMatchObject({ subject, effect: 'compatible', consumers: [] });
    expect(others).toEqual([]);
  });

  it('one rule less, whereas of another condition nobody can tell', () => {
    const rule = / {4}quality:[^]*?>= 0\n/.exec(TEXT)?.[0] ?? 'no rule';
    expect(briefly(changes([rule, '']))).toEqual(['compatible purchases.quality']);
    expect(briefly(changes(['sign(quantity) * ', ' ']))).toEqual(['stricter purchases.quality']);
  });

  it('nothing, where only descriptions differ', () => {
    expect(changes(['description: In lower case.', 'description: in lower case'])).toEqual([]);
  });
});

describe('breaking', () => {
  it('a column that is removed, with every line of gold and every rule that reads it', () => {
    const found = changes([
      `      ${column('email')}\n        classification: personal\n        description: In lower case.\n        customProperties:\n          - property: cleanings\n            value: [lowercase]\n`,
      '',
    ]);
    expect(briefly(found)).toEqual(['breaking purchases.email']);
    expect(usedAt(found)).toEqual(usedIn(GOLD, /^ {16}email$/));
    const product = changes([`${QUANTITY}\n        required: true\n`, `${column('number', 'integer', 'INTEGER')}\n`]);
    expect(briefly(product)).toEqual(['breaking purchases.quantity', 'breaking purchases.number']);
    expect(usedAt(product)).toEqual(theRule());
  });

  it('a renamed column, where our SQL reads the old name', () => {
    const found = changes(['- name: last_name\n', `- name: surname${extra('renamedFrom', 'last_name')}\n`]);
    expect(briefly(found)).toEqual(['breaking purchases.surname']);
    expect(usedAt(found)).toEqual(places(GOLD, "nullif(concat_ws(' ', first_name, last_name), '') as full_name,"));
  });

  it('a widened column, where our SQL casts to less', () => {
    const found = changes(['DECIMAL(18,2)', 'DECIMAL(30,2)']);
    expect(briefly(found)).toEqual(['breaking purchases.amount_aud']);
    expect(usedAt(found)).toEqual(places(GOLD, 'cast(as_of_each_day.total_spent_aud as decimal(28, 2)) as total_spent_aud,'));
  });

  it('a retyped column, with the casts that would lose what it holds and the rules that read it', () => {
    const scaled = changes(['DECIMAL(18,2)', 'DECIMAL(18,4)']);
    expect(briefly(scaled)).toEqual(['breaking purchases.amount_aud']);
    expect(usedAt(scaled)).toEqual([
      ...places(GOLD, 'sum(amount_aud) as spent_aud,'),
      ...theRule(),
      ...places(GOLD, 'cast(as_of_each_day.total_spent_aud as decimal(28, 2)) as total_spent_aud,'),
    ]);
  });

  it.each([
    ['amount_aud', 'number', 'DECIMAL(18,2)', 'total_spent_aud', ['sum(amount_aud) as spent_aud,']],
    [
      'purchase_date',
      'date',
      'DATE',
      'first_purchase_date and last_purchase_date',
      ['min(purchase_date) as first_purchase_date,', 'max(purchase_date) as last_purchase_date,', 'purchase_date,'],
    ],
  ])('%s required → optional, where a required column of a model is made of it', (name, logical, physical, made, lines) => {
    const found = changes([`${column(name, logical, physical)}\n        required: true`, column(name, logical, physical)]);
    expect(briefly(found)).toEqual([`breaking purchases.${name}`]);
    expect(usedAt(found)).toEqual(places(GOLD, ...lines));
    expect(found[0]?.consumers[0]?.does).toBe(`makes ${made} of it, required in ${MODEL}`);
  });

  it("a widened column of a model, where the target's table is narrower", () => {
    const total = column('total_spent_aud', 'number', 'DECIMAL(28,2)');
    const found = changes([total, total.replace('28', '30')]);
    expect(found.map(({ subject, message }) => `${subject} ${message}`)).toEqual([
      `${MODEL}.total_spent_aud widened decimal(28,2) → decimal(30,2)`,
    ]);
    expect(usedAt(found)).toEqual([
      ...places(GOLD, 'cast(as_of_each_day.total_spent_aud as decimal(28, 2)) as total_spent_aud,'),
      ...places(`sql/rds/01_${MODEL}.sql`, 'total_spent_aud numeric(28, 2) not null,'),
      ...places(`sql/rds/02_${MODEL}_staging.sql`, 'total_spent_aud numeric(28, 2),'),
      `sql/rds/05_total_spent_aud_wider.sql:2`,
      `sql/rds/05_total_spent_aud_wider.sql:3`,
    ]);
  });

  it('a column of a model that is removed, with every line that computes, declares or reads it', () => {
    const found = changes([
      `      ${column('full_name')}\n        classification: personal\n        description: From the latest purchase, as the e-mail.\n`,
      '',
    ]);
    expect(briefly(found)).toEqual([`breaking ${MODEL}.full_name`]);
    expect(usedAt(found)).toEqual([
      ...places(GOLD, 'as_of_each_day.latest_purchase.full_name,'),
      ...places(`sql/rds/01_${MODEL}.sql`, 'full_name text,'),
      ...places(`sql/rds/02_${MODEL}_staging.sql`, 'full_name text,'),
      ...places('sql/rds/queries/top_customers.sql', 'full_name,'),
      ...usedIn(`sql/rds/upsert/${MODEL}.sql`, /\bfull_name\b/),
    ]);
  });

  it.each<[title: string, replacements: [from: string, to: string][], brief: string]>([
    ['another type', [[QUANTITY, column('quantity')]], 'breaking purchases.quantity'],
    ['a smaller type', [[QUANTITY, column('quantity', 'integer', 'SMALLINT')]], 'breaking purchases.quantity'],
    [
      'optional → required',
      [[column('product'), `${column('product')}\n        required: true`]],
      'breaking purchases.product',
    ],
    [
      'a new column that is required',
      [[PRODUCT, `${PRODUCT}      ${column('channel')}\n        required: true\n`]],
      'breaking purchases.channel',
    ],
    ['a new column without addedIn', [[PRODUCT, `${PRODUCT}      ${column('channel')}\n`]], 'breaking purchases.channel'],
    [
      'a longer key',
      [
        ['        unique: true\n', ''],
        ['- name: customer_id\n', '- name: customer_id\n        primaryKey: true\n        primaryKeyPosition: 2\n'],
      ],
      'breaking purchases.primaryKey',
    ],
    ['another file name', [['customer_purchases_{date}', 'purchases_{date}']], 'breaking inbox.filePattern'],
    ['another date in it', [['YYYYMMDD', 'YYYY-MM-DD']], 'breaking inbox.dateFormat'],
    ['another delimiter', [["delimiter: ','", "delimiter: ';'"]], 'breaking csv.delimiter'],
    ['other dates', [['format: yyyy-MM-dd', 'format: dd.MM.yyyy']], 'breaking purchases.purchase_date'],
    ['a target less', [['[rds]', '[]']], 'breaking targets'],
    ['a shorter cell', [['maxFieldBytes: 131072', 'maxFieldBytes: 1000']], 'stricter csv.maxFieldBytes'],
    ['a higher threshold', [['accuracy: 0.98', 'accuracy: 0.981']], 'stricter thresholds.accuracy'],
    ['a new limit', [[QUANTITY, `${QUANTITY}\n        logicalTypeOptions: { minimum: 1 }`]], 'stricter purchases.quantity'],
    [
      'a reference',
      [[QUANTITY, `${QUANTITY}\n        relationships: [{ to: numbers.id }]`]],
      'stricter purchases.relationships',
    ],
  ])('%s', (_title, replacements, brief) => {
    expect(briefly(changes(...replacements))).toEqual([brief]);
  });

  it('is told of a target with the SQL that nobody runs any more', () => {
    expect(usedAt(changes(['[rds]', '[]']))).toContain(`sql/rds/upsert/${MODEL}.sql:14`);
  });
});

function usedIn(file: string, expression: RegExp): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return [...lines.keys()].filter((index) => expression.test(lines[index] ?? '')).map((index) => `${file}:${index + 1}`);
}

/** Where the newer contract states its rule across columns. */
function theRule(): string[] {
  return usedIn(OLD, /name: amount_and_quantity_agree/).map((place) => place.replace(OLD, 'new.yaml'));
}
