import { z } from 'zod';
import { RESERVED_WORDS } from './reserved-words';

/** The name of a column or a table. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected snake_case: a lower-case letter, then at most 39 lower-case letters, digits and _')
  .refine((name) => !RESERVED_WORDS.has(name), 'expected a name that is no reserved word of SQL');

export const Version = z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0');

/** An object without unknown keys: a misspelt key must not pass for an absent one. */
export function closed<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `expected one of ${Object.keys(shape).sort().join(', ')}` : undefined,
  });
}

/** Keys that people and other tools read: any value will do. */
export function untouched<Key extends string>(keys: readonly Key[]) {
  return Object.fromEntries(keys.map((key) => [key, z.unknown().optional()])) as Record<Key, z.ZodOptional<z.ZodUnknown>>;
}

/** Keys that would promise something which nothing keeps yet. */
export function notYet<Key extends string>(keys: readonly Key[]) {
  const nothing = z.undefined({
    error: 'expected nothing: the standard has this key, but nothing here acts on it yet; remove it',
  });
  return Object.fromEntries(keys.map((key) => [key, nothing.optional()])) as Record<Key, z.ZodOptional<z.ZodUndefined>>;
}
