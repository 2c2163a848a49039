import { readFileSync } from 'node:fs';
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseContract } from '../../contracts/contract';
import { loadContracts } from '../../contracts/catalog';
import { TEXT } from './purchases';

const standard = JSON.parse(readFileSync(new URL('odcs-json-schema-v3.1.0.json', import.meta.url), 'utf8')) as AnySchemaObject;

function validator() {
  // The published schema itself is not strict: it gives defaults in places that strict mode warns of.
  const ajv = new Ajv2019({ allErrors: true, strict: false });
  formats(ajv);
  return ajv.compile(standard);
}

const contracts = loadContracts('contracts');
const EXAMPLE = /^```yaml\n([^]*?)^```$/m.exec(readFileSync('docs/contracts.md', 'utf8'))?.[1] ?? '';

describe('every contract', () => {
  it.each(contracts.map(({ dataset, document }) => ({ dataset, document })))(
    '$dataset is valid against the published schema of ODCS 3.1.0',
    ({ document }) => {
      const validate = validator();
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  it('is valid as docs/contracts.md shows it', () => {
    const validate = validator();
    expect(validate(parse(EXAMPLE)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('would not be, with a key that the standard does not have', () => {
    const validate = validator();
    expect(validate({ ...(parse(TEXT) as object), inbox: {} })).toBe(false);
  });
});

/** Keys of the standard, by the part of it that has them. */
function keysOf(...parts: string[]): string[] {
  const definitions = standard['$defs'] as Record<string, { properties: object }>;
  return parts.flatMap((part) => Object.keys(definitions[part]?.properties ?? {}));
}

describe('a key of the standard', () => {
  const document = parse(TEXT) as { schema: { properties: object[] }[] };
  const refusal = (change: (copy: typeof document) => void): string => {
    const copy = structuredClone(document);
    change(copy);
    try {
      parseContract(stringify(copy), 'x');
      return '';
    } catch (error) {
      return String(error);
    }
  };
  const meaningless = 'a value';

  it.each(Object.keys(standard['properties'] as object))('%s is never called unknown in a contract', (key) => {
    expect(refusal((copy) => Object.assign(copy, { [key]: meaningless }))).not.toContain('not known');
  });

  it.each(keysOf('SchemaElement', 'SchemaObject'))('%s is never called unknown in a table', (key) => {
    expect(refusal(({ schema }) => Object.assign(schema[0] ?? {}, { [key]: meaningless }))).not.toContain('not known');
  });

  it.each(keysOf('SchemaElement', 'SchemaBaseProperty'))('%s is never called unknown in a column', (key) => {
    expect(refusal(({ schema }) => Object.assign(schema[0]?.properties[5] ?? {}, { [key]: meaningless }))).not.toContain(
      'not known',
    );
  });

  it('and no other is known', () => {
    expect(refusal((copy) => Object.assign(copy, { foo: 1 }))).toContain('foo is not known here');
    expect(refusal(({ schema }) => Object.assign(schema[0] ?? {}, { foo: 1 }))).toContain('schema[0].foo is not known here');
  });
});
