import type { Column, Rules } from './column';
import { sparkType } from './column-type';
import type { Reference } from './contract';
import type { Property, SchemaObject } from './odcs';
import { extraOf } from './odcs-column';

/** A property of ODCS as a column of ours. */
export function columnOf(property: Property): Column {
  const { format, ...limits } = property.logicalTypeOptions;
  const allowed = property.quality[0]?.arguments.validValues;
  const renamedFrom = extraOf(property, 'renamedFrom');
  const addedIn = extraOf(property, 'addedIn');
  const path = extraOf(property, 'path');
  const rules: Rules = { ...limits, ...(allowed && { enum: allowed }) };
  return {
    name: property.name,
    type: typeOf(property),
    required: property.required,
    isPersonal: property.classification === 'personal',
    ...(format !== undefined && { format }),
    cleanings: extraOf(property, 'cleanings') ?? [],
    ...(renamedFrom !== undefined && { renamedFrom }),
    ...(addedIn !== undefined && { addedIn }),
    ...(path !== undefined && { path }),
    rules,
  };
}

/** Spark's name of the property's type. */
export function typeOf({ name, logicalType, physicalType }: Property): string {
  const type = sparkType(logicalType, physicalType);
  // The schema of odcs.ts lets no such pair through.
  if (type === undefined) throw new Error(`${name} is ${logicalType} and ${physicalType}, which no type is`);
  return type;
}

/** The names of the primary key's columns, in the order of their positions. */
export function keyOf({ properties }: SchemaObject): string[] {
  return properties
    .filter(({ primaryKey }) => primaryKey)
    .sort((one, other) => one.primaryKeyPosition - other.primaryKeyPosition)
    .map(({ name }) => name);
}

/** The reference of a property, where it has one. */
export function referencesOf({ name, relationships }: Property): Reference[] {
  return relationships.map(({ to }) => {
    const [dataset = '', key = ''] = to.split('.');
    return { column: name, dataset, key };
  });
}
