import { archivingContradictionsIn } from './archiving-contradictions';
import { readDate } from './calendar-date';
import { hasTime, ISO_TIMESTAMP } from './column-format';
import { decimalOf } from './column-type';
import { typeOf } from './contract-column';
import { parseDecimal, writeDecimal } from './exact-decimal';
import { extractContradictionsIn } from './extract-contradictions';
import { historyContradictionsIn } from './history-contradictions';
import { extraOf } from './odcs-column';
import { rawContradictionsIn } from './raw-contradictions';
import { REQUIRED_EXTRAS, type Odcs, type Property, type SchemaObject } from './odcs';
import type { PlacedFault } from './yaml-source';

/** Names that our tables have beside the contract's columns. */
const OUR_NAMES = {
  dataset: ['ingestion_date'],
  model: ['ingestion_date', 'year', 'month', 'day', 'silver_sequence', 'updated_at', 'load_date', 'run_id', 'is_deleted'],
};
const LIMITS = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const;
const TEXT_RULES = ['minLength', 'maxLength', 'pattern'] as const;

type Path = readonly PropertyKey[];

/** What is well-formed in a contract, part by part, but cannot be meant. */
export function contradictionsIn(odcs: Odcs): PlacedFault[] {
  const [dataset, ...models] = odcs.schema;
  return [
    ...extraFaults(odcs),
    ...repeated(odcs.schema).map((index) => fault(['schema', index, 'name'], 'expected each table once; rename one')),
    ...tableFaults(dataset, ['schema', 0], OUR_NAMES.dataset),
    ...dataset.properties.flatMap((property, index) => ruleFaults(property, ['schema', 0, 'properties', index])),
    ...repeated(dataset.quality).map((index) => fault(['schema', 0, 'quality', index, 'name'], 'expected each rule once')),
    ...historyContradictionsIn(odcs),
    ...rawContradictionsIn(odcs),
    ...archivingContradictionsIn(odcs),
    ...extractContradictionsIn(odcs),
    ...models.flatMap((model, index) => modelFaults(model, dataset, ['schema', index + 1])),
  ];
}

function extraFaults({ customProperties }: Odcs): PlacedFault[] {
  const names = customProperties.map(({ property }) => ({ name: property }));
  const missing = REQUIRED_EXTRAS.filter((extra) => !names.some(({ name }) => name === extra));
  return [
    ...repeated(names).map((index) => fault(['customProperties', index, 'property'], 'expected it once; remove one')),
    ...missing.map((extra) => fault(['customProperties'], `expected also the property ${extra}; add it`)),
  ];
}

function tableFaults(table: SchemaObject, path: Path, ourNames: readonly string[]): PlacedFault[] {
  const at = (index: number, key: string): Path => [...path, 'properties', index, key];
  const keys = table.properties.filter(({ primaryKey }) => primaryKey);
  const hasOnePlaceTwice = new Set(keys.map(({ primaryKeyPosition }) => primaryKeyPosition)).size < keys.length;
  const faults = repeated(table.properties).map((index) => fault(at(index, 'name'), 'expected each column once; rename one'));
  if (keys.length === 0) faults.push(fault([...path, 'name'], 'expected a primary key; say primaryKey: true of a property'));
  for (const [index, property] of table.properties.entries()) {
    const isSoleKey = property.primaryKey && keys.length === 1;
    if (ourNames.includes(property.name))
      faults.push(fault(at(index, 'name'), `expected none of ${ourNames.join(', ')}, which our own columns have; rename it`));
    if (property.primaryKey && !property.required)
      faults.push(fault(at(index, 'required'), 'expected true: a part of the primary key cannot be empty'));
    if (property.primaryKey && hasOnePlaceTwice)
      faults.push(
        fault(at(index, 'primaryKeyPosition'), 'expected another place for each part of the key; number them from 1'),
      );
    if (property.unique && !isSoleKey)
      faults.push(fault(at(index, 'unique'), 'expected false: nothing but the primary key is checked to be unique; remove it'));
  }
  return faults;
}

/** Rules of a column that its type cannot have. */
function ruleFaults(property: Property, path: Path): PlacedFault[] {
  const { logicalType, logicalTypeOptions: options, quality } = property;
  const at = (rule: string): Path => [...path, 'logicalTypeOptions', rule];
  const isText = logicalType === 'string';
  const faults: PlacedFault[] = [];
  const format = formatFault(logicalType, options.format);
  if (format !== undefined) faults.push(fault(at('format'), format));
  for (const rule of TEXT_RULES)
    if (!isText && options[rule] !== undefined) faults.push(fault(at(rule), 'expected on strings only; remove it'));
  for (const rule of LIMITS) {
    const limit = options[rule];
    const expected = limit === undefined ? undefined : expectedLimit(property, limit);
    if (expected !== undefined) faults.push(fault(at(rule), expected));
  }
  if (!isText && quality.length > 0) faults.push(fault([...path, 'quality'], 'expected on strings only; remove it'));
  if (!isText && extraOf(property, 'cleanings') !== undefined)
    faults.push(fault([...path, 'customProperties'], 'expected cleanings on strings only; remove them'));
  return faults;
}

function formatFault(logicalType: Property['logicalType'], format: string | undefined): string | undefined {
  if (logicalType !== 'date' && logicalType !== 'timestamp')
    return format === undefined ? undefined : 'expected on dates and timestamps only; remove it';
  const example = logicalType === 'date' ? 'yyyy-MM-dd' : ISO_TIMESTAMP;
  if (format === undefined) return `expected how the ${logicalType}s are written, such as ${example}; add it`;
  return hasTime(format) === (logicalType === 'timestamp') ? undefined : `expected a ${logicalType}'s, such as ${example}`;
}

/** What the limit should have been; undefined for one that is exact in the column's type. */
function expectedLimit(property: Property, limit: string): string | undefined {
  if (property.logicalType === 'date')
    return readDate(limit, 'yyyy-MM-dd') ? undefined : "expected a date as 'YYYY-MM-DD', in quotes";
  if (property.logicalType !== 'number' && property.logicalType !== 'integer')
    return 'expected on numbers and dates only; remove it';
  const number = parseDecimal(limit);
  const scale = decimalOf(typeOf(property))?.scale ?? 0;
  const isExact = number !== undefined && writeDecimal(number, scale) !== undefined;
  return isExact ? undefined : `expected a number with at most ${scale} digits after the point`;
}

/** Models are computed, so their columns have no rules; their rows are found by columns of the dataset. */
function modelFaults(model: SchemaObject, dataset: SchemaObject, path: Path): PlacedFault[] {
  const faults = tableFaults(model, path, OUR_NAMES.model);
  if (model.quality.length > 0)
    faults.push(fault([...path, 'quality'], `expected none: only the rows of ${dataset.name} are checked; remove it`));
  for (const [index, property] of model.properties.entries()) {
    const at = (key: string): Path => [...path, 'properties', index, key];
    const source = dataset.properties.find(({ name }) => name === property.name);
    if (property.primaryKey && (source === undefined || typeOf(source) !== typeOf(property)))
      faults.push(fault(at('name'), `expected a column of ${dataset.name} with the same type, as part of a model's key`));
    const rules = { logicalTypeOptions: Object.keys(property.logicalTypeOptions), ...pick(property) };
    for (const [key, some] of Object.entries(rules))
      if (some.length > 0)
        faults.push(fault(at(key), `expected none: only the columns of ${dataset.name} are checked; remove it`));
  }
  return faults;
}

function pick({ quality, customProperties, relationships }: Property): Record<string, readonly unknown[]> {
  return { quality, customProperties: customProperties.filter(({ property }) => property !== 'renamedFrom'), relationships };
}

/** Where a name stands that stood before. */
function repeated(named: readonly { readonly name: string }[]): number[] {
  const names = named.map(({ name }) => name);
  return [...names.keys()].filter((index) => names.indexOf(names[index] ?? '') < index);
}

function fault(path: Path, message: string): PlacedFault {
  return { path, message };
}
