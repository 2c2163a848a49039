import { UsageError, UserError } from '../failure';

const READING = new Set(['select', 'with', 'values', 'table', 'show', 'describe', 'desc', 'explain']);
/** After an opening parenthesis they change data in the midst of a query, as PostgreSQL lets them. */
const WRITING = new Set(['insert', 'update', 'delete', 'merge']);
const ASKING = new Set(['select', 'values', 'table', 'as']);

/** Strings, quoted names and comments, which may hold anything. */
export const OPAQUE = /'(?:[^']|'')*'|\$(\p{L}*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//gu;
/** These; parentheses, semicolons and words. */
const TOKEN = new RegExp(`${OPAQUE.source}|[();,]|[\\p{L}\\p{N}_$@]+`, 'gu');

/**
 * The statement without its closing semicolon. Raises when it does anything but read: Athena has no read-only mode, and a
 * `with` may stand before an insert as well as before a select. PostgreSQL has one; there this only says it better.
 */
export function readOnlyStatement(sql: string): string {
  const tokens = [...sql.matchAll(TOKEN)].filter(({ 0: token }) => !/^(--|\/\*)/.test(token));
  const words = tokens.map(({ 0: token }) => token.toLowerCase());
  const end = words.indexOf(';');
  if (end >= 0 && words.slice(end).some((word) => word !== ';'))
    throw new UserError('one statement at a time: remove what follows the semicolon');
  const statement = end < 0 ? words : words.slice(0, end);
  const first = statement.find((word) => word !== '(');
  if (first === undefined) throw new UsageError('the statement is empty: say what to select');
  if (!READING.has(first)) throw new UserError(`only reading is allowed here, and this is ${first}: start with select`);
  const verb = first === 'with' ? verbAfterWith(statement) : first === 'explain' ? verbOfExplain(statement) : undefined;
  if (verb !== undefined && !ASKING.has(verb))
    throw new UserError(`only reading is allowed here, and this is ${first} … ${verb}`);
  const writing = writingWithin(statement);
  if (writing !== undefined) throw new UserError(`only reading is allowed here, and this is ${first} … ${writing} …`);
  return sql.slice(0, end < 0 ? sql.length : tokens[end]?.index).trim();
}

/** `( delete …`, or `select … into` a new table; `into` is nothing else in a query. */
function writingWithin(words: readonly string[]): string | undefined {
  return words.find((word, index) => word === 'into' || (WRITING.has(word) && words[index - 1] === '('));
}

/** The word right after the closing parenthesis of the last table expression. */
function verbAfterWith(words: readonly string[]): string | undefined {
  let depth = 0;
  for (const [index, word] of words.entries()) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    const next = words[index + 1];
    if (word === ')' && depth === 0 && next !== undefined && /^\p{L}/u.test(next) && next !== 'as') return next;
  }
  return undefined;
}

/** Of `explain analyze`, which runs the statement. */
function verbOfExplain(words: readonly string[]): string | undefined {
  const analyzed = words.indexOf('analyze');
  if (analyzed < 0) return undefined;
  const verb = words.slice(analyzed + 1).find((word) => /^\p{L}/u.test(word) && word !== 'verbose');
  return verb === 'with' ? verbAfterWith(words.slice(analyzed)) : verb;
}
