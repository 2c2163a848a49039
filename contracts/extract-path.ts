import { z } from 'zod';

/** How contracts say where a value stands in a record of an API: `lines[].adjustments[].amount.value`. */

/** One step into a record: a key, and whether what it holds is a list of objects that are gone through. */
export interface PathStep {
  readonly key: string;
  readonly isList: boolean;
}

const KEY = '[A-Za-z_][A-Za-z0-9_-]*';
const INNER = `(?:${KEY}(?:\\[\\])?\\.)*${KEY}`;

/** The path of a value. */
export const ValuePath = z
  .string()
  .regex(
    new RegExp(`^${INNER}$`),
    'expected the path of a value from the record on, such as lines[].amount.value: keys with dots between, [] after that of a list',
  );

/** The path of the objects that are rows; empty for the record itself, which may also be written `$`. */
export const RowsPath = z
  .string()
  .regex(
    new RegExp(`^(?:\\$|${INNER}\\[\\])?$`),
    'expected the path of a list, such as lines[].adjustments[], or $ for the record',
  )
  .transform((path) => (path === '$' ? '' : path));

export function stepsOf(path: string): PathStep[] {
  if (path === '') return [];
  return path.split('.').map((step) => ({ key: step.replace('[]', ''), isList: step.endsWith('[]') }));
}

/** The part of a path up to its last list: where its object is one of many. */
export function listsOf(path: string): string {
  return path.slice(0, path.lastIndexOf('[]') + 1 && path.lastIndexOf('[]') + 2);
}

/** What a record has at a place, as far as paths tell: a value, or keys; of a list, the keys of each of its objects. */
export interface RecordNode {
  readonly kind: 'value' | 'object' | 'list';
  readonly keys: ReadonlyMap<string, RecordNode>;
}

/** The record that has all these paths. Raises PathClash where one path has a value and another keys, or one a list and another none. */
export function recordOf(paths: readonly string[]): RecordNode {
  return nodeOf(
    'object',
    paths.map((path) => ({ path, steps: stepsOf(path) })),
  );
}

/** Two paths that no record can have at once. */
export class PathClash extends Error {
  constructor(
    readonly one: string,
    readonly other: string,
  ) {
    super(`${one} and ${other} cannot both be in a record`);
  }
}

interface RestOfPath {
  readonly path: string;
  readonly steps: readonly PathStep[];
}

function nodeOf(kind: RecordNode['kind'], rests: readonly RestOfPath[]): RecordNode {
  const byKey = new Map<string, RestOfPath[]>();
  for (const rest of rests) {
    const key = rest.steps[0]?.key;
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), rest]);
  }
  const keys = [...byKey].map(([key, below]) => [key, nodeOf(kindOf(below), below.map(inner))] as const);
  return { kind, keys: new Map(keys) };
}

/** What the first step of the paths leads to. */
function kindOf(rests: readonly RestOfPath[]): RecordNode['kind'] {
  const kinds = rests.map(({ steps: [step, ...more] }) => {
    if (step?.isList) return 'list';
    return more.length > 0 ? 'object' : 'value';
  });
  const [kind = 'value'] = kinds;
  const other = kinds.findIndex((each) => each !== kind);
  if (other > 0) throw new PathClash(rests[0]?.path ?? '', rests[other]?.path ?? '');
  return kind;
}

function inner({ path, steps }: RestOfPath): RestOfPath {
  return { path, steps: steps.slice(1) };
}
