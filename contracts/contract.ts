import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { Cleaning, Extras, Odcs, type Property, type Rules, type SchemaObject } from './odcs';

export interface Column {
  readonly name: string;
  /** As a Spark DDL type: `string`, `int`, `decimal(18,2)` … */
  readonly type: string;
  readonly required: boolean;
  readonly isPersonal: boolean;
  /** Of a date or timestamp, as Spark writes patterns: `yyyy-MM-dd`. */
  readonly format?: string;
  readonly cleanings: readonly Cleaning[];
  readonly rules: Rules;
}

/** A table made from the dataset: gold's rows per `key`. */
export interface Model {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

export interface Contract extends Extras {
  readonly dataset: string;
  readonly version: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly models: readonly Model[];
  /** The whole ODCS document. */
  readonly document: unknown;
}

/** A contract that cannot be read; each line of the message starts with `file:line:column`. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/**
 * Reads an ODCS contract. `fileName` is for messages only. Raises ContractError that names, for every fault, its line and
 * column, the path, the value and what is expected.
 */
export function parseContract(text: string, fileName: string): Contract {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new ContractError(
      document.errors.map(({ pos, message }) => `${at(fileName, lines, pos[0])} ${firstLine(message)}`).join('\n'),
    );
  const raw: unknown = document.toJS();
  const check = <T>(schema: z.ZodType<T>, value: unknown, base: Path = []): T => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new ContractError(
      result.error.issues.map((issue) => explain(fileName, lines, document, base, issue, value)).join('\n'),
    );
  };
  const odcs = check(Odcs, raw);
  const extras = Object.fromEntries(odcs.customProperties.map(({ property, value }) => [property, value]));
  const [dataset, ...models] = odcs.schema as [SchemaObject, ...SchemaObject[]];
  return {
    ...check(Extras, extras, ['customProperties']),
    dataset: dataset.name,
    version: odcs.version,
    columns: dataset.properties.map(column),
    primaryKey: keyOf(dataset, fileName),
    models: models.map((model) => ({
      name: model.name,
      key: keyOf(model, fileName),
      columns: model.properties.map(column),
    })),
    document: raw,
  };
}

type Path = readonly (string | number)[];

function column(property: Property): Column {
  const { format, ...rules } = property.logicalTypeOptions;
  const cleanings = property.customProperties.find((custom) => custom.property === 'cleanings')?.value ?? [];
  return {
    name: property.name,
    type: sparkType(property.physicalType),
    required: property.required,
    isPersonal: property.classification === 'personal',
    ...(format === undefined ? {} : { format }),
    cleanings: z.array(Cleaning).parse(cleanings),
    rules,
  };
}

function sparkType(physicalType: string): string {
  const type = physicalType.toLowerCase().replace(/\s/g, '');
  return type === 'integer' ? 'int' : type;
}

function keyOf({ name, properties }: SchemaObject, fileName: string): string[] {
  const key = properties.filter(({ primaryKey }) => primaryKey);
  if (key.length === 0)
    throw new ContractError(`${fileName}: ${name} has no primary key; say primaryKey: true at one property or more`);
  return key.sort((one, other) => one.primaryKeyPosition - other.primaryKeyPosition).map((property) => property.name);
}

function explain(
  fileName: string,
  lines: LineCounter,
  document: Document,
  base: Path,
  issue: z.core.$ZodIssue,
  value: unknown,
): string {
  const path = placeInDocument(document, base, issue.path as Path);
  const found = issue.path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key], value);
  const got = found === undefined ? 'is missing' : `is ${JSON.stringify(found)}`;
  return `${at(fileName, lines, offsetOf(document, path))} ${[...base, ...issue.path].join('.')} ${got}: ${issue.message}`;
}

/** Our extras stand in a list of {property, value}: the path of one leads through its place there. */
function placeInDocument(document: Document, base: Path, path: Path): Path {
  if (base.length === 0) return path;
  const listed = z.array(z.object({ property: z.string() })).parse(document.toJS().customProperties);
  const index = listed.findIndex(({ property }) => property === path[0]);
  return index < 0 ? base : [...base, index, 'value', ...path.slice(1)];
}

/** Of the deepest node on the path that is there. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] | null } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

function at(fileName: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${fileName}:${line}:${col}`;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
