import type { Place } from './change';

/** A file of ours that may read a dataset: SQL under `sql/`, or a contract. */
export interface SourceFile {
  /** `sql/gold/<model>.sql`, `sql/rds/…`, `contracts/<dataset>.odcs.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** A part of a text, by its offsets. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The parentheses, or the whole query, in which the dataset is read from. */
export function readingSpans(text: string, dataset: string): Span[] {
  const reads = new RegExp(`\\b(?:from|join)\\s+(?:silver\\.)?${dataset}\\b`, 'g');
  return [...text.matchAll(reads)].map(({ index }) => ({ from: enclosing(text, index, -1), to: enclosing(text, index, 1) }));
}

/** Where the parentheses around a place begin or end, or a mark of `until` stands within them. */
function enclosing(text: string, start: number, step: 1 | -1, until = ''): number {
  const [opens, closes] = step === 1 ? ['(', ')'] : [')', '('];
  let depth = 0;
  let index = start;
  for (; index >= 0 && index < text.length; index += step) {
    if (depth === 0 && (text[index] === closes || text[index] === until)) break;
    depth += Number(text[index] === opens) - Number(text[index] === closes);
  }
  return Math.max(index, 0);
}

export function finalSelect(text: string): Span {
  return { from: Math.max(text.lastIndexOf('\nselect'), 0), to: text.length };
}

export function words(file: SourceFile, word: string, span?: Span, counts: (line: string) => boolean = () => true): Place[] {
  return matches(file, new RegExp(`\\b${word}\\b`, 'g'))
    .filter(({ index }) => span === undefined || (index >= span.from && index < span.to))
    .filter(({ index }) => counts(lineAt(file.text, index)))
    .map((found) => {
      const [, type] = new RegExp(declaring(word)).exec(lineAt(file.text, found.index)) ?? [];
      return placeOf(file, found, type === undefined ? 'reads it' : `declares it ${type}`);
    });
}

/** Whether the line only gives the name to something else. */
export function isAlias(line: string, column: string): boolean {
  return !new RegExp(`\\b${column}\\b`).test(line.replace(new RegExp(`\\bas\\s+${column}\\b`, 'g'), ''));
}

/** The column, and every name that the query gives to an expression with it, in any number of steps. */
export function namesMadeOf(text: string, column: string): ReadonlySet<string> {
  const named = [...text.matchAll(/\bas\s+(\w+)/g)].map(({ index, 1: name = '' }) => ({
    name,
    of: expressionBefore(text, index),
  }));
  const made = new Set([column]);
  for (let before = 0; before < made.size;) {
    before = made.size;
    const reads = new RegExp(`\\b(?:${[...made].join('|')})\\b`);
    for (const { name, of } of named) if (reads.test(of)) made.add(name);
  }
  return made;
}

function expressionBefore(text: string, end: number): string {
  return text.slice(enclosing(text, end - 1, -1, ','), end).replace(/^[^]*\bselect\b/, '');
}

/** Types as Spark and PostgreSQL write them. */
const TYPES = 'numeric\\(\\d+, ?\\d+\\)|decimal\\(\\d+, ?\\d+\\)|smallint|integer|int|bigint|text|string|date|boolean';

/** A column of `create table`, or what `alter table` makes of it. */
const declaring = (column: string) => `(?:^[ \\t]*|\\balter column )${column}(?: type)?\\s+(${TYPES})`;

export interface TypedPlace {
  readonly place: Place;
  readonly type: string;
  readonly as?: string | undefined;
}

export function casts(file: SourceFile): TypedPlace[] {
  return matches(file, new RegExp(`\\bcast\\(.*? as (${TYPES})\\)(?: as (\\w+))?`, 'g')).map((found) => {
    const [, type = '', as] = found;
    return { place: placeOf(file, found, `casts to ${type}`), type: sparkName(type), as };
  });
}

export function declarations(file: SourceFile, column: string): TypedPlace[] {
  return matches(file, new RegExp(declaring(column), 'gm')).map((found) => {
    const [, type = ''] = found;
    return { place: placeOf(file, found, `declares it ${type}`), type: sparkName(type) };
  });
}

function sparkName(type: string): string {
  return type.replace('numeric', 'decimal').replace('integer', 'int').replace(' ', '');
}

export function matches({ text }: SourceFile, expression: RegExp): RegExpExecArray[] {
  return [...text.matchAll(expression)];
}

export function placeOf({ path, text }: SourceFile, { index }: RegExpExecArray, does: string): Place {
  return { file: path, line: text.slice(0, index).split('\n').length, does };
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index - 1) + 1, end < 0 ? undefined : end);
}

export function distinct(places: readonly Place[]): Place[] {
  const keys = places.map(({ file, line }) => `${file}:${line}`);
  return places.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Blanks instead of comments, so that every place stays where it was. */
export function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, (comment) => ' '.repeat(comment.length));
}
