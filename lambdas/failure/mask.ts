/** Wider than addresses are: a mailbox may have nearly any sign in it. */
const EMAIL = /[^\s@"<>(),;]+@[^\s@"<>(),;]+/g;
/** PostgreSQL's "Key (email)=(…)" and "Failing row contains (…)". */
const ROW_VALUES = /(=|contains )\([^)]*\)?/g;
/** JDBC, Spark and Java quote the value they could not use after one of these words. */
const QUOTED_VALUE = /((?:input string|value|syntax for type [\w ]+|string):? )("[^"]*"?|'[^']*'?)/gi;
/** A cause that travels by mail is read on a telephone. */
const MAX_LENGTH = 1000;

/**
 * An error's text without what may be a person's: e-mail addresses and the row values that databases and Spark quote.
 * Errors of ours name row, column and rule and hold no value; this is for the others, and a second lock for ours.
 */
export function mask(text: string): string {
  const masked = text.replace(ROW_VALUES, '$1(***)').replace(QUOTED_VALUE, '$1***').replace(EMAIL, '***@***');
  return masked.length > MAX_LENGTH ? `${masked.slice(0, MAX_LENGTH)}…` : masked;
}
