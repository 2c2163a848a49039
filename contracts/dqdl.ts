import { escapeText } from './calendar-date';
import type { Column } from './column';
import { decimalOf } from './column-type';
import type { BusinessRule, Contract, Reference } from './contract';

/**
 * A contract's quality as a ruleset of AWS Glue Data Quality, for the table `silver.<dataset>_by_file`, whose columns are
 * typed: a type is the table's and no rule. DQDL knows no score over several columns, so each rule is held against its
 * dimension's threshold alone. Empty cells are completeness's and no other rule's, as in a run.
 *
 * Source: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html; the grammar is that of github.com/awslabs/dqdl.
 */
export function dqdl(contract: Contract): string {
  const { columns, primaryKey, businessRules, references, thresholds } = contract;
  const rules = [
    ...columns
      .filter(({ required }) => required)
      .map(({ name }) => `Completeness "${name}" ${atLeast(thresholds.completeness)}`),
    ...columns.flatMap((column) => formRules(column, thresholds.validity)),
    ...businessRules.map((rule) => businessRule(rule, thresholds.accuracy)),
    uniqueness(primaryKey, thresholds.consistency),
    ...references.map((reference) => referenceRule(reference, thresholds.consistency)),
  ];
  return `Rules = [\n${rules.map((rule) => `    ${rule}`).join(',\n')}\n]\n`;
}

/** What DQDL takes for a date or a time even where it is text. */
const LIKE_A_TIME = /^(\d{4}-\d\d-\d\d|\d{1,2}:\d\d( [AP]M)?)$/;
const COMPARISONS = { minimum: '>=', exclusiveMinimum: '>', maximum: '<=', exclusiveMaximum: '<' } as const;

/** Between would leave out both limits, and NULL would break each of these rules. */
function formRules({ name, type, rules }: Column, threshold: string): string[] {
  const filled = `where ${quoted(`${name} is not null`)}`;
  const values = (condition: string): string =>
    `ColumnValues "${name}" ${condition} ${filled} with threshold ${atLeast(threshold)}`;
  const comparisons = (Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]).flatMap((rule) => {
    const limit = rules[rule];
    return limit === undefined ? [] : [values(`${COMPARISONS[rule]} ${literal(limit, type)}`)];
  });
  return [
    ...comparisons,
    // DQDL has no threshold for lengths: none may break them, and of the rows of silver none does.
    ...(rules.minLength === undefined ? [] : [`ColumnLength "${name}" >= ${rules.minLength} ${filled}`]),
    ...(rules.maxLength === undefined ? [] : [`ColumnLength "${name}" <= ${rules.maxLength} ${filled}`]),
    ...(rules.pattern === undefined ? [] : [values(`matches ${quoted(String.raw`\A(?:${rules.pattern})\z`)}`)]),
    ...(rules.enum === undefined ? [] : [values(isOneOf(rules.enum))]),
  ];
}

function isOneOf(allowed: readonly string[]): string {
  if (!allowed.some((value) => LIKE_A_TIME.test(value))) return `in [${allowed.map(listed).join(', ')}]`;
  return `matches ${quoted(String.raw`\A(?:${allowed.map(escapeText).join('|')})\z`)}`;
}

/** The share of rows for which the condition is not false; of a table without rows, all. */
function businessRule({ expression }: BusinessRule, threshold: string): string {
  const share = `select coalesce(avg(case when not (${expression}) then 0 else 1 end), 1) from primary`;
  return `CustomSql ${quoted(share)} ${atLeast(threshold)}`;
}

/** Over the rows in force; those that a later file replaced are in the table too. */
function uniqueness(key: readonly string[], threshold: string): string {
  const [first = '', ...more] = key;
  if (more.length === 0) return `Uniqueness "${first}" ${atLeast(threshold)} where "_is_current"`;
  const keys = `select count(*) as times from primary where _is_current group by ${key.join(', ')}`;
  const share = `select coalesce(sum(case when times = 1 then 1 else 0 end) / sum(times), 1) from (${keys})`;
  return `CustomSql ${quoted(share)} ${atLeast(threshold)}`;
}

/** An evaluation names the other dataset's table as the additional data source `<dataset>`. */
function referenceRule({ column, dataset, key }: Reference, threshold: string): string {
  return `ReferentialIntegrity "${column}" "${dataset}.${key}" ${atLeast(threshold)}`;
}

function atLeast(threshold: string): string {
  return `>= ${decimal(threshold)}`;
}

/** A limit as DQDL writes it: a date in quotes, a number without a plus. */
function literal(limit: string, type: string): string {
  return type === 'date' ? quoted(limit) : decimalOf(type) ? decimal(limit) : limit.replace(/^\+/, '');
}

/** With a point and a digit after it; DQDL has no exponents. */
function decimal(text: string): string {
  const plain = /e/i.test(text) ? Number(text).toFixed(20).replace(/0+$/, '') : text.replace(/^\+/, '');
  return plain.includes('.') ? plain.replace(/\.$/, '.0') : `${plain}.0`;
}

/** A quote needs a backslash before it, if it has none; a backslash is itself, or no pattern would be what it says. */
function quoted(text: string): string {
  return `"${text.replace(/\\.|"/gs, (part) => (part === '"' ? String.raw`\"` : part))}"`;
}

/** In lists alone DQDL takes away the backslash before any character. */
function listed(text: string): string {
  return quoted(text.replaceAll('\\', String.raw`\\`));
}
