import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Facet {
  readonly _schemaURL: string;
}
type Facets = Readonly<Record<string, Facet>>;

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as AnySchemaObject;
const specification = read('OpenLineage.json');
const facetSchemas = readdirSync(new URL('facets', import.meta.url)).map((name) => read(`facets/${name}`));

// The published schemas are not strict: "example" and "deprecated" stand beside the keywords.
const ajv = new Ajv2020({ allErrors: true, strict: false });
formats(ajv);
ajv.addSchema([specification, ...facetSchemas]);

/**
 * What is wrong with a run event, by the published schemas. The specification itself asks of a facet only that it names its
 * schema: here each must be one that we keep, stand under the name that its schema gives it, and be valid against it.
 */
export function faultsOf(event: unknown): string[] {
  const faults = check(`${String(specification['$id'])}#/$defs/RunEvent`, event, 'event');
  return faults.length > 0 ? faults : facetsOf(event).flatMap(([name, facet]) => facetFaults(name, facet));
}

function facetFaults(name: string, facet: Facet): string[] {
  const [id] = facet._schemaURL.split('#');
  const schema = facetSchemas.find((candidate) => candidate['$id'] === id);
  if (schema === undefined) return [`${name}: no schema ${facet._schemaURL} is kept here`];
  const { [name]: named } = schema['properties'] as Record<string, { $ref: string }>;
  if (named === undefined) return [`${name}: ${String(id)} gives its facet another name`];
  if (`${String(id)}${named.$ref}` !== facet._schemaURL) return [`${name}: ${facet._schemaURL} is not the facet's definition`];
  return check(facet._schemaURL, facet, name);
}

function check(schema: string, value: unknown, what: string): string[] {
  if (ajv.validate(schema, value)) return [];
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message ?? 'is not valid'}`);
}

/** Every facet of an event, wherever the specification has a place for some. */
function facetsOf(value: unknown): [string, Facet][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => {
    const own = key === 'facets' || key === 'inputFacets' || key === 'outputFacets' ? Object.entries(inner as Facets) : [];
    return [...own, ...facetsOf(inner)];
  });
}
