import { MissingColumn, NotJsonLines, UnknownColumn } from '../../contracts/errors';
import type { AgreedFile } from './agreed-file';
import { decode } from './decode';
import { refuseOtherFormats } from './refuse-other-formats';
import { refuseIfNothingFits } from './rows';
import { emptyFile, type Sample } from './sample';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The contract's columns, which every object has, by whatever name. Raises an error for what spoils the whole file, as far as
 * its beginning tells; a bad line is set aside later, with its reasons.
 */
export function inspectJsonLines(sample: Sample, { columns, mustFit }: AgreedFile): string[] {
  const { fileName } = sample;
  refuseOtherFormats(sample, 'jsonl');
  const objects = objectsIn(sample);
  const header = columns.map(({ name }) => name);
  const names = namesIn(`${fileName} line 1`, objects, columns);
  const missing = columns.filter(({ name, required }) => required && ![...names.values()].includes(name));
  if (missing.length > 0)
    throw new MissingColumn(
      `${fileName}: no object has a key ${missing.map(({ name }) => `"${name}"`).join(', ')}; expected ${header.join(', ')}; ` +
        'add or rename it',
    );
  if (mustFit) refuseIfNothingFits(fileName, header, cellsOf(objects, names, header), columns);
  return header;
}

/** Raises EmptyFile, and NotJsonLines when no line is an object. */
function objectsIn(sample: Sample): JsonObject[] {
  const text = decode(sample);
  const lines = text.split(/\r\n|\n|\r/);
  if (!sample.isWhole) lines.pop();
  const written = lines.filter((line) => line.trim() !== '');
  if (written.length === 0 && sample.isWhole) throw emptyFile(sample.fileName, 'has only blank lines');
  const objects = written.flatMap(objectOf);
  if (objects.length > 0) return objects;
  throw new NotJsonLines(
    `${sample.fileName}: none of its first ${Math.max(written.length, 1)} lines is a JSON object, expected one a line; export it as JSON lines`,
  );
}

function objectOf(line: string): JsonObject[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as JsonObject] : [];
  } catch {
    return [];
  }
}

/** The keys of the objects → the contract's names. Raises UnknownColumn for a key that already the first object has. */
function namesIn(place: string, objects: readonly JsonObject[], columns: AgreedFile['columns']): Map<string, string> {
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const found = keys.flatMap((key) => {
    const name = columnNamed(key, columns);
    return name === undefined ? [] : [[key, name] as const];
  });
  const names = new Map(found);
  const unknown = Object.keys(objects[0] ?? {}).filter((key) => !names.has(key));
  if (found.length === 0 || unknown.length === 0) return names;
  const agreed = columns.map(({ name }) => name).join(', ');
  throw new UnknownColumn(
    `${place}: the key ${unknown.map((key) => JSON.stringify(key)).join(', ')} is not in the contract; expected ${agreed}; ` +
      'remove it or add it to the contract',
  );
}

function columnNamed(key: string, columns: AgreedFile['columns']): string | undefined {
  const plain = key.trim().toLowerCase();
  return columns.find(({ name, renamedFrom }) => [name, renamedFrom?.toLowerCase()].includes(plain))?.name;
}

/** As the load reads them; a number that JavaScript cannot hold to the digit leaves the row out. */
function cellsOf(objects: readonly JsonObject[], names: ReadonlyMap<string, string>, header: readonly string[]) {
  return objects.flatMap((object) => {
    const values = new Map(Object.entries(object).map(([key, value]) => [names.get(key), value]));
    if ([...values.values()].some((value) => typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)) return [];
    const nested = header.filter((name) => typeof (values.get(name) ?? '') === 'object');
    return [{ cells: header.map((name) => textOf(values.get(name))), nested }];
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
