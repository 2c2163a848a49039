import type { Page } from './page';
import type { Paging, Position } from './paging';

/** What comes after a page. */
export type Next =
  | { readonly kind: 'go on'; readonly position: Position }
  /** All pages were read, and fit together. */
  | { readonly kind: 'done' }
  /** What they hold was changed in between: some record may have moved to a page that had been read. */
  | { readonly kind: 'again'; readonly why: string };

/** One reading of all pages, from the first to the last. */
export class Reading {
  private readonly ids = new Set<string>();
  private readonly digests = new Set<string>();
  private readonly cursors = new Set<string>();
  private read = 0;
  private total: number | undefined;
  private shrunk = false;

  constructor(private readonly paging: Paging) {}

  /** Different records so far. */
  get records(): number {
    return this.ids.size;
  }

  /** Why the page is not the one that was asked for; undefined when it may be. */
  repetition(position: Position, { records, nextCursor, page, digest }: Page): string | undefined {
    if ('page' in position && page !== undefined && page !== position.page) return `it is page ${page}`;
    if (records.length > 0 && this.digests.has(digest)) return 'its records are those of a page before';
    const isKnown =
      nextCursor !== null && (this.cursors.has(nextCursor) || ('cursor' in position && position.cursor === nextCursor));
    return this.paging === 'cursor' && isKnown ? 'its next cursor is one that was followed before' : undefined;
  }

  add(position: Position, { records, digest, total }: Page): void {
    for (const { id } of records) this.ids.add(id);
    this.digests.add(digest);
    if ('cursor' in position && position.cursor !== null) this.cursors.add(position.cursor);
    this.read += records.length;
    if (total !== undefined && total < (this.total ?? 0)) this.shrunk = true;
    this.total = total ?? this.total;
  }

  /** What to do after the page that was added last. */
  next(position: Position, { records, nextCursor }: Pick<Page, 'records' | 'nextCursor'>): Next {
    if (!('page' in position)) return nextCursor === null ? this.end() : { kind: 'go on', position: { cursor: nextCursor } };
    // A page that went away moved all records after it to pages that had been read.
    if (this.shrunk) return { kind: 'again', why: 'there were fewer records from one page to the next' };
    const isLast = records.length === 0 || (this.total !== undefined && this.read >= this.total);
    return isLast ? this.end() : { kind: 'go on', position: { page: position.page + 1 } };
  }

  /**
   * Whether it is all that there is. A record that is changed while pages are read moves, mostly to the end: by number, the
   * first of the next page then comes to a page that was read already. So there must be as many different ones as the source
   * says; a cursor goes on after what it gave out last, and can only have seen more.
   */
  private end(): Next {
    const { total, ids } = this;
    const isWhole = total === undefined || (this.paging === 'page' ? ids.size === total : ids.size >= total);
    if (isWhole) return { kind: 'done' };
    return { kind: 'again', why: `the pages have ${ids.size} different records, and the source says ${total}` };
  }
}
