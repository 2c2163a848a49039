/** How an API hands out what it has: the next page by what the one before said, or by its number. */
export type Paging = 'cursor' | 'page';

/** Where to go on: with the cursor (null: from the beginning), or with the page of that number. */
export type Position = { readonly cursor: string | null } | { readonly page: number };

export function firstPosition(paging: Paging): Position {
  return paging === 'cursor' ? { cursor: null } : { page: 1 };
}

/** In words, for a message. */
export function positionText(position: Position): string {
  if ('page' in position) return `page ${position.page}`;
  return position.cursor === null ? 'the first page' : `the page at cursor ${JSON.stringify(position.cursor)}`;
}

/** The request for a page of what was changed since then. */
export function pageUrl(address: string, position: Position, pageSize: number, since: string | null): URL {
  const url = new URL(address);
  url.searchParams.set('page_size', String(pageSize));
  if (since !== null) url.searchParams.set('updated_since', since);
  if ('page' in position) url.searchParams.set('page', String(position.page));
  else if (position.cursor !== null) url.searchParams.set('cursor', position.cursor);
  return url;
}
