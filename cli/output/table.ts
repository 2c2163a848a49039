const NUMBER = /^-?\d+(\.\d+)?$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Aligned columns under a ruled head; columns of numbers are set right. Cells come from files, so nothing in them reaches the terminal as a command. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const head = columns.map(visible);
  const body = rows.map((row) => columns.map((_, index) => cell(row[index])));
  const widths = head.map((name, index) => Math.max(width(name), ...body.map((row) => width(row[index] ?? ''))));
  const isNumeric = head.map((_, index) => body.length > 0 && body.every((row) => NUMBER.test(row[index] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, index) => pad(text, widths[index] ?? 0, isNumeric[index] === true))
      .join('  ')
      .trimEnd();
  const rule = widths.map((size) => '-'.repeat(size)).join('  ');
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** The text with control characters spelled out. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return known ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return visible(typeof value === 'string' ? value : JSON.stringify(value));
}

function pad(text: string, size: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, size - width(text)));
  return right ? blanks + text : text + blanks;
}

function width(text: string): number {
  return [...graphemes.segment(text)].length;
}
