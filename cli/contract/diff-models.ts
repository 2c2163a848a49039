import type { Column } from '../../contracts/column';
import { isWider } from '../../contracts/column-type';
import type { Contract, Model } from '../../contracts/contract';
import { change, unlessUsed, type Change } from './change';
import type { Consumers } from './consumers';
import { keyToday, matchColumns } from './diff-columns';

/** What changed in the models, and for which SQL of ours. */
export function modelChanges(older: Contract, newer: Contract, consumers: Consumers): Change[] {
  const before = (name: string): Model | undefined => older.models.find((model) => model.name === name);
  const removed = older.models.filter(({ name }) => !newer.models.some((model) => model.name === name));
  return [
    ...removed.map(({ name }) =>
      change(name, 'breaking', 'model removed: nobody brings its tables up to date', consumers.ofModel(name)),
    ),
    ...newer.models.flatMap((model) => {
      const found = before(model.name);
      return found ? changesOf(found, model, consumers) : [change(model.name, 'compatible', 'model added')];
    }),
  ];
}

function changesOf(older: Model, newer: Model, consumers: Consumers): Change[] {
  const { name } = newer;
  const matched = matchColumns(older.columns, newer.columns);
  const key = [keyToday(older.key, matched).join(', '), newer.key.join(', ')];
  return [
    ...matched.removed.map((column) =>
      change(
        `${name}.${column.name}`,
        'breaking',
        'removed; where it is only called otherwise, say renamedFrom',
        consumers.ofModelColumn(name, column.name),
      ),
    ),
    ...matched.kept.flatMap(([before, after]) => columnChanges(name, before, after, consumers)),
    ...matched.added.map((column) =>
      column.required
        ? change(`${name}.${column.name}`, 'breaking', 'added as required: rows from before have none until a replay')
        : change(`${name}.${column.name}`, 'compatible', 'added: rows from before have none until a replay'),
    ),
    ...(key[0] === key[1] ? [] : [change(`${name}.primaryKey`, 'breaking', key.join(' → '), consumers.ofModelKey(name))]),
  ];
}

function columnChanges(model: string, older: Column, newer: Column, consumers: Consumers): Change[] {
  const subject = `${model}.${newer.name}`;
  const changes: Change[] = [];
  if (older.name !== newer.name)
    changes.push(unlessUsed(subject, `renamed from ${older.name}`, consumers.ofModelColumn(model, older.name)));
  if (older.type !== newer.type) {
    const words = `${older.type} → ${newer.type}`;
    changes.push(
      isWider(newer.type, older.type)
        ? unlessUsed(subject, `widened ${words}`, consumers.narrowerThanModelColumn(model, older.name, newer.type))
        : change(subject, 'breaking', `retyped ${words}`, consumers.ofModelColumn(model, older.name)),
    );
  }
  if (older.required && !newer.required)
    changes.push(unlessUsed(subject, 'required → optional', consumers.notNull(model, older.name)));
  if (!older.required && newer.required)
    changes.push(change(subject, 'breaking', 'optional → required: rows from before may have none'));
  if (older.isPersonal !== newer.isPersonal)
    changes.push(change(subject, 'compatible', newer.isPersonal ? 'is personal data now' : 'is no personal data any more'));
  return changes;
}
