/**
 * What a column holds decides what a number means: an amount in the smallest unit of its decimal, a day since 1970-01-01, a
 * moment in milliseconds since then, or a plain integer.
 */
export type Kind = 'text' | 'integer' | 'amount' | 'day' | 'moment' | 'truth';

export type Value = string | number | boolean | null;

export type Row = Readonly<Record<string, Value>>;
