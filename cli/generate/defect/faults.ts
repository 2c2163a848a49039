import type { Column } from '../../../contracts/column';
import { decimalOf } from '../../../contracts/column-type';
import { concerns, type Contract } from '../../../contracts/contract';
import { isCellRule, type CellRule } from '../../../contracts/expectation';
import type { FileFormat } from '../../../contracts/file-format';
import { cellSchema } from '../../../contracts/row-schema';
import type { Value } from '../row';
import type { Fault } from './fault';

interface Attempt {
  readonly text: string;
  readonly value?: Value;
}

/**
 * Column by column, every way in which a cell can be ill-formed in a file of the format: those of many attempts that the contract's
 * own schema refuses for exactly one rule. None is in a key, none breaks a business rule or completeness as well.
 */
export function faultsOf(contract: Contract, format: FileFormat): Fault[][] {
  const columns = contract.columns.filter(({ name }) => !contract.primaryKey.includes(name));
  const faults = columns.map((column) =>
    attempts(
      column,
      contract.businessRules.some((rule) => concerns(rule, column.name)),
    ).flatMap((each) => faultOf(column, each)),
  );
  const holds = ({ value }: Fault): boolean => format !== 'parquet' || value !== undefined;
  return faults.map((each) => each.filter(holds)).filter(({ length }) => length > 0);
}

/** A value that breaks a limit still takes part in business rules; one without a type is unknown to them. */
function attempts(column: Column, isInRule: boolean): Attempt[] {
  if (column.type === 'string') return textAttempts(column);
  const untyped = ['N/A', '12,50', '1e3', '2024-02-31', '31/12/2024', '2024-13-01T25:00:00Z', 'yes'].map((text) => ({ text }));
  return isInRule ? untyped : [...untyped, ...limitAttempts(column)];
}

function textAttempts({ rules }: Column): Attempt[] {
  const long = rules.maxLength === undefined ? [] : ['x'.repeat(rules.maxLength + 1)];
  return ['???', 'n/a', 'unknown', 'not an address', ...long].map((text) => ({ text, value: text }));
}

function limitAttempts({ type, rules }: Column): Attempt[] {
  const integer = ['smallint', 'int', 'bigint'].includes(type);
  const scale = decimalOf(type)?.scale;
  const [least, most] = [Number(rules.minimum ?? rules.exclusiveMinimum), Number(rules.maximum ?? rules.exclusiveMaximum)];
  return [least - 1, most + 1].filter(Number.isSafeInteger).flatMap((number) => {
    if (integer) return [{ text: String(number), value: number }];
    return scale === undefined ? [] : [{ text: number.toFixed(scale), value: number * 100 }];
  });
}

function faultOf(column: Column, attempt: Attempt): Fault[] {
  const issues = cellSchema(column).safeParse(attempt.text).error?.issues ?? [];
  const [rule, ...others] = issues.map(ruleOf);
  return rule === undefined || rule === 'required' || others.length > 0 ? [] : [{ column: column.name, rule, ...attempt }];
}

function ruleOf(issue: { readonly code?: string | undefined; readonly params?: unknown }): CellRule | undefined {
  const { params } = issue;
  const rule = typeof params === 'object' && params !== null && 'rule' in params ? String(params.rule) : '';
  return isCellRule(rule) ? rule : undefined;
}
