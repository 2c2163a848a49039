import { TooManyRows } from '../../contracts/errors';

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Beyond this an answer would come near Lambda's limit of 6 MB. */
export const MAX_ROWS = 10_000;

/** Raises TooManyRows. */
export function refuseTooMany({ length }: readonly unknown[]): void {
  if (length > MAX_ROWS) throw new TooManyRows(`the answer has more than ${MAX_ROWS} rows; add a limit`);
}
