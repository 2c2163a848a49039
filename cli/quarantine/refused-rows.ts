import { z } from 'zod';
import type { Account } from '../aws/account';
import { UserError } from '../failure';
import { queryLake } from '../lake/query-lake';
import type { FileItem } from '../runs/file-item';
import { findRun } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import type { Refused } from './release-file';
import { refusedSql } from './sql';

const Row = z.tuple([z.coerce.number(), z.string().nullable(), z.string().nullable()]);

/** A run that brought rows of a file, with the file's columns and the rows that were refused. */
export interface RefusedOfRun {
  readonly run: FileItem;
  readonly header: readonly string[];
  readonly rows: readonly Refused[];
}

/** What a run, given by its id or its beginning, refused. Raises UserError when it did not bring what is in the tables. */
export async function refusedOf(account: Account, dataset: string, id: string, signal: AbortSignal): Promise<RefusedOfRun> {
  const run = await findRun(await Ledger.of(account), [dataset], id);
  if (run.status !== 'succeeded') throw new UserError(`run ${id} is ${run.status}: rows come back from runs that succeeded`);
  if (run.header === undefined) throw new UserError(`run ${id} is older than releases: replay its file first`);
  const { rows } = await queryLake(account, refusedSql(dataset, run.key, run.versionId), signal);
  return { run, header: run.header, rows: rows.map(refusedRow) };
}

function refusedRow(cells: readonly unknown[]): Refused {
  const [row, raw, releasedBy] = Row.parse(cells);
  return { row, raw: raw ?? '', releasedBy };
}
