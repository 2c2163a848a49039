import type { Column } from '../../contracts/column';
import type { Contract } from '../../contracts/contract';
import { change, type Change } from './change';
import { matchColumns } from './diff-columns';

/** What changed in where the rows are in an API's records. */
export function extractChanges(older: Contract, newer: Contract): Change[] {
  const [before, after] = [older.extract, newer.extract];
  const { dataset } = newer;
  if (before === undefined && after === undefined) return [];
  if (before === undefined || after === undefined) {
    const message = after
      ? `added: files are made of the records of ${after.source} from now on`
      : `removed: no extract of ${before?.source ?? ''} makes files of it any more`;
    return [change('extract', 'breaking', message)];
  }
  const changes: Change[] = [];
  if (before.source !== after.source)
    changes.push(change('extract.source', 'breaking', `${before.source} → ${after.source}: rows are of other records`));
  if (before.rows !== after.rows)
    changes.push(change('extract.rows', 'breaking', `${shown(before.rows)} → ${shown(after.rows)}: a row is something else`));
  if (before.changedAt !== after.changedAt)
    changes.push(
      change(
        'extract.changedAt',
        'breaking',
        `${before.changedAt ?? 'none'} → ${after.changedAt ?? 'none'}: the watermark is a moment of the old one; pull everything (--full)`,
      ),
    );
  if (before.unknownKeys !== after.unknownKeys) {
    const words = `${before.unknownKeys} → ${after.unknownKeys}`;
    changes.push(
      after.unknownKeys === 'refused'
        ? change('extract.unknownKeys', 'stricter', `${words}: rows with a key of no column are quarantined`)
        : change('extract.unknownKeys', 'compatible', words),
    );
  }
  const { kept } = matchColumns(older.columns, newer.columns);
  return [...changes, ...kept.flatMap(([one, other]) => pathChanges(`${dataset}.${other.name}`, one, other))];
}

function pathChanges(subject: string, { path: from }: Column, { path: to }: Column): Change[] {
  if (from === to) return [];
  const message = `path ${from ?? 'none'} → ${to ?? 'none'}: rows from before have what was at the old one until everything is pulled (--full)`;
  return [change(subject, 'breaking', message)];
}

/** A record's own path is `$` in a contract. */
function shown(rows: string): string {
  return rows === '' ? '$' : rows;
}
