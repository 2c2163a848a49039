import { UsageError } from '../failure';
import { OPAQUE } from '../lake/read-only';

/** Values by the names that stand in SQL behind a colon. */
export type Parameters = ReadonlyMap<string, string>;

/** Raises UsageError unless the SQL names just these: the warehouse says only that there is a syntax error, or nothing. */
export function checkParameters(sql: string, given: Parameters): void {
  const named = parameterNames(sql);
  const unknown = [...given.keys()].filter((name) => !named.includes(name));
  const has = named.length === 0 ? 'no parameter' : colons(named);
  if (unknown.length > 0) throw new UsageError(`the SQL does not name ${colons(unknown)}: it has ${has}`);
  const missing = named.filter((name) => !given.has(name));
  if (missing.length > 0) throw new UsageError(`no value for ${colons(missing)}: give each one with --param NAME=VALUE`);
}

/** Of `:name`, each once; not of a cast, and not in strings, quoted names and comments. */
function parameterNames(sql: string): string[] {
  const found = sql.replace(OPAQUE, ' ').matchAll(/(?<![:\w]):([A-Za-z_]\w*)/g);
  return [...new Set([...found].map(([, name = '']) => name))];
}

function colons(names: readonly string[]): string {
  return names.map((name) => `:${name}`).join(', ');
}
