import type { Column, Rules } from './column';

/** Every rule that a cell can break, by the name that it has in quarantine. */
export type CellRule = 'required' | 'type' | 'format' | keyof Rules;

const WORDS: Readonly<Record<CellRule, (column: Pick<Column, 'type' | 'format' | 'rules'>) => string>> = {
  required: () => 'a value',
  type: ({ type }) => `a value of type ${type}`,
  format: ({ type, format }) => `a ${type} written as ${format}`,
  minimum: ({ rules }) => `at least ${rules.minimum}`,
  exclusiveMinimum: ({ rules }) => `more than ${rules.exclusiveMinimum}`,
  maximum: ({ rules }) => `at most ${rules.maximum}`,
  exclusiveMaximum: ({ rules }) => `less than ${rules.exclusiveMaximum}`,
  minLength: ({ rules }) => `at least ${rules.minLength} characters`,
  maxLength: ({ rules }) => `at most ${rules.maxLength} characters`,
  pattern: ({ rules }) => `the pattern ${rules.pattern}`,
  enum: ({ rules }) => `one of ${rules.enum?.join(', ')}`,
};

/** What the rule expects of the column's cells, as the end of a sentence. */
export function expectation(rule: CellRule, column: Pick<Column, 'type' | 'format' | 'rules'>): string {
  return WORDS[rule](column);
}

export function isCellRule(rule: string): rule is CellRule {
  return Object.hasOwn(WORDS, rule);
}
