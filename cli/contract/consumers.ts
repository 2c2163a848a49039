import { isLossy } from '../../contracts/column-type';
import type { Model } from '../../contracts/contract';
import type { Place } from './change';
import {
  casts,
  declarations,
  distinct,
  finalSelect,
  isAlias,
  matches,
  namesMadeOf,
  placeOf,
  readingSpans,
  withoutComments,
  words,
  type SourceFile,
} from './sql-text';

/** Who of ours reads a dataset and its models, and where. */
export class Consumers {
  private readonly sql: readonly SourceFile[];
  private readonly contracts: readonly SourceFile[];

  /** `own` is the newer contract itself, whose rules read its columns. */
  constructor(
    files: readonly SourceFile[],
    private readonly own: SourceFile,
  ) {
    this.sql = files
      .filter(({ path }) => path.endsWith('.sql'))
      .map(({ path, text }) => ({ path, text: withoutComments(text) }));
    this.contracts = files.filter(({ path }) => path.endsWith('.yaml'));
  }

  /** Where the contract states a rule across columns. */
  ofRule(rule: string): Place[] {
    return matches(this.own, new RegExp(`\\bname: ['"]?${rule}\\b`, 'g'))
      .slice(0, 1)
      .map((found) => placeOf(this.own, found, `the rule ${rule} reads it`));
  }

  /** Where a column of the dataset is read: in gold's SQL, in its table of Snowflake, and as the key that others refer to. */
  ofColumn(dataset: string, column: string): Place[] {
    const inGold = this.gold().flatMap((file) => this.readsIn(file, dataset, column));
    const references = this.contracts.flatMap((file) =>
      matches(file, new RegExp(`\\bto: ['"]?${dataset}\\.${column}\\b`, 'g')).map((found) =>
        placeOf(file, found, 'refers to it'),
      ),
    );
    return distinct([...inGold, ...references, ...this.inPublished(dataset, column)]);
  }

  /** Where gold's SQL makes a required column of a model from the column. */
  ofRequired(dataset: string, column: string, models: readonly Model[]): Place[] {
    return models.flatMap((model) => {
      const required = model.columns.filter((each) => each.required).map(({ name }) => name);
      return this.goldOf(model.name).flatMap((file) => {
        const made = namesMadeOf(file.text, column);
        const needed = required.filter((name) => made.has(name));
        if (needed.length === 0) return [];
        return this.readsIn(file, dataset, column).map((place) => ({
          ...place,
          does: `makes ${needed.join(' and ')} of it, required in ${model.name}`,
        }));
      });
    });
  }

  /** Where gold's SQL that reads the column casts to a type that cannot hold what is of this type, or a table has the old one. */
  narrowerThanColumn(dataset: string, column: string, type: string): Place[] {
    const readers = this.gold().filter((file) => this.readsIn(file, dataset, column).length > 0);
    const inGold = readers.flatMap((file) =>
      casts(file)
        .filter((cast) => isLossy(type, cast.type))
        .map(({ place }) => place),
    );
    return [...inGold, ...this.inPublished(dataset, column)];
  }

  /** Where a column of a model is computed, declared or read. */
  ofModelColumn(model: string, column: string): Place[] {
    const made = this.goldOf(model).flatMap((file) => words(file, column, finalSelect(file.text)));
    return distinct([...made, ...this.readersOf(model).flatMap((file) => words(file, column))]);
  }

  /** Where a column of a model is cast to or declared as a type that is narrower than `type`. */
  narrowerThanModelColumn(model: string, column: string, type: string): Place[] {
    const cast = this.goldOf(model).flatMap((file) => casts(file).filter(({ as }) => as === column));
    const declared = this.readersOf(model).flatMap((file) => declarations(file, column));
    return [...cast, ...declared].filter((found) => isLossy(type, found.type)).map(({ place }) => place);
  }

  /** Where a column of a model is declared to have a value always. */
  notNull(model: string, column: string): Place[] {
    const expression = new RegExp(`^[ \\t]*${column}\\s.*\\bnot null\\b`, 'gm');
    return this.readersOf(model).flatMap((file) =>
      matches(file, expression).map((found) => placeOf(file, found, 'declares it not null')),
    );
  }

  /** The files that make or read a model, at its first mention. */
  ofModel(model: string): Place[] {
    const made = this.goldOf(model).map(({ path }) => ({ file: path, line: 1, does: 'makes it' }));
    const read = this.readersOf(model).flatMap((file) =>
      matches(file, mention(model))
        .slice(0, 1)
        .map((found) => placeOf(file, found, 'names it')),
    );
    return [...made, ...read];
  }

  /** Where the key of a model is relied on. */
  ofModelKey(model: string): Place[] {
    const expression = /\b(primary key|on conflict|distinct on)\b/g;
    return this.readersOf(model).flatMap((file) =>
      matches(file, expression).map((found) => placeOf(file, found, `says ${found[0]}`)),
    );
  }

  /** The SQL of a target for a model. */
  ofTarget(target: string, model: string): Place[] {
    return this.ofModel(model).filter(({ file }) => file.startsWith(`sql/${target}/`));
  }

  private inPublished(dataset: string, column: string): Place[] {
    const files = this.sql.filter(({ text }) => text.includes(` assay.published.${dataset} (`));
    return files.flatMap((file) => words(file, column));
  }

  private readsIn(file: SourceFile, dataset: string, column: string): Place[] {
    return readingSpans(file.text, dataset).flatMap((span) => words(file, column, span, (line) => !isAlias(line, column)));
  }

  private gold(): readonly SourceFile[] {
    return this.sql.filter(({ path }) => path.startsWith('sql/gold/'));
  }

  private goldOf(model: string): readonly SourceFile[] {
    return this.sql.filter(({ path }) => path === `sql/gold/${model}.sql`);
  }

  private readersOf(model: string): readonly SourceFile[] {
    return this.sql.filter(({ path, text }) => path !== `sql/gold/${model}.sql` && mention(model).test(text));
  }
}

/** Of the model's table, its staging table or its tombstones; a new expression each time, since `g` remembers. */
function mention(model: string): RegExp {
  return new RegExp(`\\b${model}(_staging|_tombstones)?\\b`, 'g');
}
