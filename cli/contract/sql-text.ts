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

function enclosing(text: string, start: number, step: 1 | -1): number {
  const [opens, closes] = step === 1 ? ['(', ')'] : [')', '('];
  let depth = 0;
  let index = start;
  for (; index >= 0 && index < text.length; index += step) {
    if (text[index] === closes && depth === 0) break;
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
      const [, type] = new RegExp(`^\\s*${word}\\s+(${TYPES})`).exec(lineAt(file.text, found.index)) ?? [];
      return placeOf(file, found, type === undefined ? 'reads it' : `declares it ${type}`);
    });
}

/** Whether the line only gives the name to something else. */
export function isAlias(line: string, column: string): boolean {
  return !new RegExp(`\\b${column}\\b`).test(line.replace(new RegExp(`\\bas\\s+${column}\\b`, 'g'), ''));
}

/** Types as Spark and PostgreSQL write them. */
const TYPES = 'numeric\\(\\d+, ?\\d+\\)|decimal\\(\\d+, ?\\d+\\)|smallint|integer|int|bigint|text|string|date|boolean';

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
  return matches(file, new RegExp(`^[ \\t]*${column}\\s+(${TYPES})`, 'gm')).map((found) => {
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
