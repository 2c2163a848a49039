import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UnexpectedAnswer } from '../../contracts/errors';
import { recordOf, stepsOf, type RecordNode } from '../../contracts/extract-path';

/** What was agreed about the records of an API. */
export const AgreedRecords = z.object({
  source: z.string().min(1),
  key: z.array(z.string()).min(1),
  changedAt: z.string().min(1),
  paths: z.array(z.string()).min(1),
});
export type AgreedRecords = z.infer<typeof AgreedRecords>;

export interface SourceRecord {
  /** Its key's values as one text. */
  readonly id: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly changedAt: string;
}

/** What a page says, as far as the extract needs it; its bytes are kept as they came. */
export interface Page {
  readonly records: readonly SourceRecord[];
  readonly nextCursor: string | null;
  /** Of which page it is, and how many records there are in all, where it says so. */
  readonly page: number | undefined;
  readonly total: number | undefined;
  /** The same for pages with the same records in the same states. */
  readonly digest: string;
}

const KeyValue = z.union([z.string().min(1), z.int()], 'expected text or a whole number that JavaScript holds exactly');
const Moment = z.iso.datetime({ offset: true, error: 'expected a moment as 2025-01-31T09:00:00Z' });
const Envelope = z.looseObject({
  next_cursor: z.string().min(1).nullish(),
  page: z.int().optional(),
  total: z.int().nonnegative().optional(),
});

/** Reads pages of records as agreed: everything that has keys below it must be an object or a list of objects, or absent. */
export function pageReader(agreed: AgreedRecords): (body: unknown, what: string) => Page {
  const Answer = Envelope.extend({ items: z.array(nodeSchema(recordOf(agreed.paths))) });
  return (body, what) => {
    const answer = checked(Answer, body, what);
    const records = answer.items.map((item, index) => recordIn(item, agreed, `${what}, items[${index}]`));
    return {
      records,
      nextCursor: answer.next_cursor ?? null,
      page: answer.page,
      total: answer.total,
      digest: digestOf(records),
    };
  };
}

function recordIn(item: unknown, { key, changedAt }: AgreedRecords, what: string): SourceRecord {
  const read = <T>(schema: z.ZodType<T>, path: string): T => checked(schema, valueAt(item, path), `${what}.${path}`);
  const id = JSON.stringify(key.map((path) => read(KeyValue, path)));
  return { id, changedAt: new Date(read(Moment, changedAt)).toISOString() };
}

function nodeSchema({ keys }: RecordNode): z.ZodType {
  const inner = [...keys].flatMap(([key, node]) => {
    if (node.kind === 'value') return [];
    const schema = node.kind === 'list' ? z.array(nodeSchema(node)) : nodeSchema(node);
    return [[key, schema.nullish()] as const];
  });
  return z.looseObject(Object.fromEntries(inner));
}

/** Says where in the answer the first value stands that was not agreed, and never what it is: it may be a person's. */
function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const expected = issue?.code === 'invalid_type' ? `expected ${issue.expected}` : (issue?.message ?? 'not as agreed');
  const place = path.length === 0 ? what : `${what}, ${pathText(path)}`;
  throw new UnexpectedAnswer(
    `${place}: ${expected}, got ${kindOf(valueBelow(value, path))}; nothing of the extract was loaded; ` +
      'the API or the contracts of its datasets must change',
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Such as items[17].lines. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '');
}

function valueBelow(value: unknown, path: readonly PropertyKey[]): unknown {
  const step = (inside: unknown, key: PropertyKey): unknown =>
    typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined;
  return path.reduce(step, value);
}

function valueAt(item: unknown, path: string): unknown {
  return valueBelow(
    item,
    stepsOf(path).map(({ key }) => key),
  );
}

function digestOf(records: readonly SourceRecord[]): string {
  const text = records.map(({ id, changedAt }) => `${id}\n${changedAt}\n`).join('');
  return createHash('sha256').update(text).digest('hex');
}
