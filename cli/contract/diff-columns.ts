import type { Column } from '../../contracts/column';
import { isWider } from '../../contracts/column-type';
import { concerns, type Contract } from '../../contracts/contract';
import { change, unlessUsed, type Change, type Place } from './change';
import type { Consumers } from './consumers';
import { ruleChanges } from './diff-rules';
import { distinct } from './sql-text';

/** Where the SQL and the rules of ours read a column of the dataset. */
type Readers = (column: string) => Place[];

/** Columns that both have, by their names then and now; those that came and those that went. */
export interface Matched {
  readonly kept: readonly (readonly [older: Column, newer: Column])[];
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
}

export function matchColumns(older: readonly Column[], newer: readonly Column[]): Matched {
  const before = (column: Column): Column | undefined =>
    older.find(({ name }) => name === column.name) ?? older.find(({ name }) => name === column.renamedFrom);
  const kept = newer.flatMap((column) => {
    const found = before(column);
    return found ? [[found, column] as const] : [];
  });
  return {
    kept,
    added: newer.filter((column) => before(column) === undefined),
    removed: older.filter((column) => !kept.some(([found]) => found === column)),
  };
}

/** A key in the names of today, so that a renamed part is no change. */
export function keyToday(key: readonly string[], { kept }: Matched): string[] {
  return key.map((name) => kept.find(([older]) => older.name === name)?.[1].name ?? name);
}

/** What changed in the dataset's columns, and for whom. */
export function columnChanges(older: Contract, newer: Contract, consumers: Consumers): Change[] {
  const { dataset } = newer;
  const matched = matchColumns(older.columns, newer.columns);
  const readers: Readers = (name) => [
    ...consumers.ofColumn(dataset, name),
    ...newer.businessRules.filter((rule) => concerns(rule, name)).flatMap((rule) => consumers.ofRule(rule.name)),
  ];
  const key = [keyToday(older.primaryKey, matched).join(', '), newer.primaryKey.join(', ')];
  return [
    ...matched.removed.map(({ name }) =>
      change(
        `${dataset}.${name}`,
        'breaking',
        'removed: files that still have it are refused, also replayed ones, new rows have none; rows from before keep it ' +
          'in the table; where it is only called otherwise, say renamedFrom',
        readers(name),
      ),
    ),
    ...matched.kept.flatMap(([before, after]) => [
      ...nameChanges(dataset, before, after, readers),
      ...typeChanges(dataset, before, after, consumers, readers),
      ...presenceChanges(`${dataset}.${after.name}`, before, after, consumers.ofRequired(dataset, before.name, newer.models)),
      ...formatChanges(`${dataset}.${after.name}`, before, after),
      ...ruleChanges(`${dataset}.${after.name}`, before, after),
    ]),
    ...matched.added.map((column) => additionChange(dataset, column)),
    ...(key[0] === key[1]
      ? []
      : [change(`${dataset}.primaryKey`, 'breaking', `${key.join(' → ')}: rows from before were told apart by the old key`)]),
  ];
}

function nameChanges(dataset: string, older: Column, newer: Column, readers: Readers): Change[] {
  const subject = `${dataset}.${newer.name}`;
  if (older.name !== newer.name)
    return [
      unlessUsed(
        subject,
        `renamed from ${older.name}: files may have either name, rows from before are read under the new one`,
        readers(older.name),
      ),
    ];
  if (older.renamedFrom === newer.renamedFrom) return [];
  const words = `renamedFrom ${older.renamedFrom ?? 'none'} → ${newer.renamedFrom ?? 'none'}`;
  if (older.renamedFrom === undefined) return [change(subject, 'compatible', words)];
  return [change(subject, 'breaking', `${words}: files that say ${older.renamedFrom} are refused, also replayed ones`)];
}

function typeChanges(
  dataset: string,
  { type: from, name: old }: Column,
  { type: to, name }: Column,
  consumers: Consumers,
  readers: Readers,
): Change[] {
  if (from === to) return [];
  const subject = `${dataset}.${name}`;
  const narrower = consumers.narrowerThanColumn(dataset, old, to);
  if (isWider(to, from)) return [unlessUsed(subject, `widened ${from} → ${to}`, narrower)];
  const message = `retyped ${from} → ${to}: the table cannot follow; give it a name of its own, with addedIn`;
  return [change(subject, 'breaking', message, distinct([...readers(old), ...narrower]))];
}

function presenceChanges(subject: string, older: Column, newer: Column, requiredOfIt: readonly Place[]): Change[] {
  const changes: Change[] = [];
  if (older.required !== newer.required)
    changes.push(
      newer.required
        ? change(subject, 'breaking', 'optional → required: rows without it are refused, and rows from before may have none')
        : unlessUsed(subject, 'required → optional', requiredOfIt),
    );
  if (older.addedIn === newer.addedIn) return changes;
  const words = `addedIn ${older.addedIn ?? 'none'} → ${newer.addedIn ?? 'none'}`;
  const isGone = newer.addedIn === undefined;
  const message = isGone ? `${words}: files without the column are refused, also replayed ones` : words;
  return [...changes, change(subject, isGone ? 'breaking' : 'compatible', message)];
}

function formatChanges(subject: string, older: Column, newer: Column): Change[] {
  const changes: Change[] = [];
  if (older.format !== newer.format && older.format !== undefined && newer.format !== undefined)
    changes.push(change(subject, 'breaking', `format ${older.format} → ${newer.format}: dates written as before are refused`));
  const [before, after] = [older.cleanings.join(', ') || 'none', newer.cleanings.join(', ') || 'none'];
  if (before !== after)
    changes.push(
      change(subject, 'compatible', `cleanings ${before} → ${after}: rows from before stay as they are until a replay`),
    );
  if (older.isPersonal !== newer.isPersonal)
    changes.push(change(subject, 'compatible', newer.isPersonal ? 'is personal data now' : 'is no personal data any more'));
  return changes;
}

function additionChange(dataset: string, { name, required, addedIn }: Column): Change {
  const subject = `${dataset}.${name}`;
  if (required)
    return change(subject, 'breaking', 'added as required: no file or row from before has it; make it optional, with addedIn');
  if (addedIn === undefined)
    return change(
      subject,
      'breaking',
      'added without addedIn: files that lack it are refused, also replayed ones; say addedIn',
    );
  return change(subject, 'compatible', `added in ${addedIn}: files may lack it, rows from before have none`);
}
