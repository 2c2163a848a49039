import type { Contract } from '../../contracts/contract';
import { nameShown } from '../../contracts/file-name';
import { hasSilver } from '../../contracts/targets';
import { change, type Change } from './change';
import type { Consumers } from './consumers';

/** What changed in the files that are taken, and in where their rows go. */
export function fileChanges(older: Contract, newer: Contract, consumers: Consumers): Change[] {
  const [names, wanted] = [nameShown(older.inbox), nameShown(newer.inbox)];
  const changes: Change[] = [];
  if (older.inbox.filePattern !== newer.inbox.filePattern)
    changes.push(change('inbox.filePattern', 'breaking', `${names} → ${wanted}: files named as before match no contract`));
  else if (names !== wanted)
    changes.push(change('inbox.dateFormat', 'breaking', `${names} → ${wanted}: files named as before are refused`));
  for (const part of ['delimiter', 'quote'] as const)
    if (older.csv[part] !== newer.csv[part])
      changes.push(
        change(`csv.${part}`, 'breaking', `${older.csv[part]} → ${newer.csv[part]}: files from before are refused or misread`),
      );
  if (older.csv.header !== newer.csv.header)
    changes.push(
      newer.csv.header === 'optional'
        ? change('csv.header', 'compatible', 'required → optional')
        : change('csv.header', 'breaking', 'optional → required: files without a header are refused'),
    );
  const [most, now] = [older.csv.maxFieldBytes, newer.csv.maxFieldBytes];
  if (now > most) changes.push(change('csv.maxFieldBytes', 'compatible', `${most} → ${now}`));
  if (now < most)
    changes.push(change('csv.maxFieldBytes', 'stricter', `${most} → ${now}: files with a longer cell are refused`));
  if (older.archivePrefix !== newer.archivePrefix) {
    const message = `${older.archivePrefix} → ${newer.archivePrefix}: files that are in the archive stay where they are`;
    changes.push(change('archivePrefix', 'compatible', message));
  }
  if (older.archiving !== newer.archiving) {
    const message = `${older.archiving} → ${newer.archiving}: files that are in the other archive stay where they are`;
    changes.push(change('archiving', 'compatible', message));
  }
  return [...changes, ...targetChanges(older, newer, consumers)];
}

function targetChanges(older: Contract, newer: Contract, consumers: Consumers): Change[] {
  const removed = older.targets.filter((target) => !newer.targets.includes(target));
  const added = newer.targets.filter((target) => !older.targets.includes(target));
  return [
    ...removed.map((target) =>
      change(
        'targets',
        'breaking',
        `${target} removed: its tables stay as they are and nobody brings them up to date`,
        older.models.flatMap(({ name }) => consumers.ofTarget(target, name)),
      ),
    ),
    ...added.map((target) => change('targets', 'compatible', `${target} added`)),
    ...wayChanges(older, newer),
  ];
}

/** Whether rows are checked in the lake decides where in Snowflake they go. */
function wayChanges(older: Contract, newer: Contract): Change[] {
  if (hasSilver(older) === hasSilver(newer)) return [];
  const message = hasSilver(newer)
    ? 'rows are checked in the lake from now on: RAW of Snowflake gets no more of them, nor do the models of dbt'
    : 'rows go to Snowflake as they are from now on: silver and what was loaded from it stay as they are';
  return [change('targets', 'breaking', message)];
}
