/** A column of a select list: its name and, where the SQL says so itself, its type. */
export interface SelectedColumn {
  readonly name: string;
  readonly type: string | undefined;
}

/** The columns of the last select of a query, as far as a query of ours goes: comments gone, one select at the end. */
export function selectList(sql: string): SelectedColumn[] {
  const text = withoutComments(sql);
  const start = text.lastIndexOf('\nselect\n');
  const end = text.indexOf('\nfrom ', start);
  if (start < 0 || end < 0) throw new Error('the query does not end with a select of its own lines');
  return splitList(text.slice(start + '\nselect\n'.length, end)).map((column) => ({
    name: /(\w+)$/.exec(column)?.[1] ?? column,
    type: /^cast\(.* as ([\w(), ]+)\) as \w+$/.exec(column)?.[1]?.replace(/\s/g, ''),
  }));
}

/** Name → definition of each column of `create table`; constraints are left out. */
export function tableColumns(sql: string): {
  table: string;
  columns: [name: string, definition: string][];
  key: string[];
} {
  const text = withoutComments(sql);
  const [, table = '', body = ''] = /create table if not exists (\w+) \(\n([^]*?)\n\);/.exec(text) ?? [];
  const parts = splitList(body);
  const key = parts.map((part) => /primary key \(([^)]*)\)/.exec(part)?.[1]).find((names) => names !== undefined);
  const columns = parts.filter((part) => !part.startsWith('constraint '));
  return {
    table,
    columns: columns.map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
    key: key?.split(/,\s*/) ?? [],
  };
}

function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, '');
}

/** Splits at the commas that are in no parentheses. */
function splitList(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of list.replace(/\s+/g, ' ')) {
    depth += Number(character === '(') - Number(character === ')');
    if (character === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.map((part) => part.trim());
}
