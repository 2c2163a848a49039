import type { Column, Rules } from '../../contracts/column';
import type { Contract } from '../../contracts/contract';
import { compareDecimals, parseDecimal } from '../../contracts/exact-decimal';
import { DIMENSIONS } from '../../contracts/scores';
import { change, type Change } from './change';

type Rule = keyof Rules;
type Limits = { readonly [rule in Rule]?: Rules[rule] | undefined };

/** With a higher limit fewer values pass, or more. */
const HIGHER_IS_STRICTER: Readonly<Partial<Record<Rule, boolean>>> = {
  minimum: true,
  exclusiveMinimum: true,
  minLength: true,
  maximum: false,
  exclusiveMaximum: false,
  maxLength: false,
};
const RULES: readonly Rule[] = [
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'pattern',
  'enum',
];

/** What changed in the rules of a column that both contracts have. */
export function ruleChanges(subject: string, older: Column, newer: Column): Change[] {
  return RULES.flatMap((rule) => {
    const [before, after] = [shown(older.rules, rule), shown(newer.rules, rule)];
    if (before === after) return [];
    const words = `${rule} ${before ?? 'none'} → ${after ?? 'none'}`;
    if (!isStricter(rule, older.rules, newer.rules)) return [change(subject, 'compatible', words)];
    return [change(subject, 'stricter', `${words}: files with rows that break it may be refused`)];
  });
}

/** What changed in the rules across columns, the references and the thresholds. */
export function gateChanges(older: Contract, newer: Contract): Change[] {
  const rules = ({ businessRules }: Contract) => new Map(businessRules.map(({ name, expression }) => [name, expression]));
  const references = ({ references: all }: Contract) =>
    new Map(all.map(({ column, dataset, key }) => [column, `${dataset}.${key}`]));
  return [
    ...conditionChanges(`${newer.dataset}.quality`, 'rule', rules(older), rules(newer)),
    ...conditionChanges(`${newer.dataset}.relationships`, 'reference', references(older), references(newer)),
    ...DIMENSIONS.flatMap((dimension) => {
      const [before, after] = [older.thresholds[dimension], newer.thresholds[dimension]];
      const order = compare(after, before);
      if (order === 0) return [];
      const words = `${before} → ${after}`;
      const subject = `thresholds.${dimension}`;
      if (order < 0) return [change(subject, 'compatible', words)];
      return [change(subject, 'stricter', `${words}: files that score below ${after} are refused`)];
    }),
  ];
}

function conditionChanges(
  subject: string,
  kind: string,
  older: ReadonlyMap<string, string>,
  newer: ReadonlyMap<string, string>,
): Change[] {
  const names = [...new Set([...older.keys(), ...newer.keys()])];
  return names.flatMap((name) => {
    const [before, after] = [older.get(name), newer.get(name)];
    if (before === after) return [];
    const words = `the ${kind} ${name}: ${before ?? 'none'} → ${after ?? 'none'}`;
    if (after === undefined) return [change(subject, 'compatible', words)];
    // Of two conditions nobody can tell in general.
    const may = before === undefined ? '' : 'may be stricter: ';
    return [change(subject, 'stricter', `${words}: ${may}files with rows that break it may be refused`)];
  });
}

function isStricter(rule: Rule, older: Limits, newer: Limits): boolean {
  const [before, after] = [older[rule], newer[rule]];
  if (after === undefined) return false;
  if (before === undefined) return true;
  if (Array.isArray(before) && Array.isArray(after)) return !before.every((value) => after.includes(value));
  // Of two patterns nobody can tell in general.
  if (rule === 'pattern') return true;
  return compare(String(after), String(before)) > 0 === HIGHER_IS_STRICTER[rule];
}

/** Below zero, zero or above. Limits are decimal numbers, or dates that sort as text. */
function compare(one: string, other: string): number {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  if (a && b) return compareDecimals(a, b);
  return one < other ? -1 : Number(one > other);
}

function shown(rules: Limits, rule: Rule): string | undefined {
  const limit = rules[rule];
  return Array.isArray(limit) ? limit.join(', ') : limit?.toString();
}
