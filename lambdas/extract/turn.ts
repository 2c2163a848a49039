/** The turn to extract from a source: two at once could put older states of its records into later files. */
export function turnOf(source: string): string {
  return `extract-${source}`;
}
