/** Every type of a column, in five tongues. A column carries Spark's name: `string`, `int`, `decimal(18,2)` … */
interface TypeNames {
  readonly logical: LogicalType;
  /** ODCS's physicalType. */
  readonly physical: string;
  readonly spark: string;
  readonly rds: string;
  readonly redshift: string;
  readonly snowflake: string;
  /** As Athena knows it; a view has a timestamp in UTC without its zone, see views.ts. */
  readonly trino: string;
}

export const LOGICAL_TYPES = ['string', 'integer', 'number', 'date', 'timestamp', 'boolean'] as const;
export type LogicalType = (typeof LOGICAL_TYPES)[number];

const TYPES: readonly TypeNames[] = [
  {
    logical: 'string',
    physical: 'STRING',
    spark: 'string',
    rds: 'text',
    redshift: 'varchar(65535)',
    snowflake: 'varchar',
    trino: 'varchar',
  },
  {
    logical: 'integer',
    physical: 'SMALLINT',
    spark: 'smallint',
    rds: 'smallint',
    redshift: 'smallint',
    snowflake: 'number(5, 0)',
    trino: 'smallint',
  },
  {
    logical: 'integer',
    physical: 'INTEGER',
    spark: 'int',
    rds: 'integer',
    redshift: 'integer',
    snowflake: 'number(10, 0)',
    trino: 'integer',
  },
  {
    logical: 'integer',
    physical: 'BIGINT',
    spark: 'bigint',
    rds: 'bigint',
    redshift: 'bigint',
    snowflake: 'number(19, 0)',
    trino: 'bigint',
  },
  {
    logical: 'date',
    physical: 'DATE',
    spark: 'date',
    rds: 'date',
    redshift: 'date',
    snowflake: 'date',
    trino: 'date',
  },
  {
    logical: 'timestamp',
    physical: 'TIMESTAMP',
    spark: 'timestamp',
    rds: 'timestamptz',
    redshift: 'timestamp',
    snowflake: 'timestamp_ntz',
    trino: 'timestamp',
  },
  {
    logical: 'boolean',
    physical: 'BOOLEAN',
    spark: 'boolean',
    rds: 'boolean',
    redshift: 'boolean',
    snowflake: 'boolean',
    trino: 'boolean',
  },
];

/** Spark's, Trino's, Redshift's and Snowflake's limit. */
const MAX_PRECISION = 38;

/** Spark's name of an ODCS property's type; undefined when the physical type is none of the logical one's. */
export function sparkType(logicalType: LogicalType, physicalType: string): string | undefined {
  if (logicalType === 'number') return decimalType(physicalType);
  return TYPES.find(({ logical, physical }) => logical === logicalType && physical === physicalType.toUpperCase())?.spark;
}

/** What may stand for `physicalType`, for a message. A number is never a DOUBLE: money is exact. */
export function physicalTypesOf(logicalType: LogicalType): string {
  if (logicalType === 'number') return `DECIMAL(precision,scale) with scale ≤ precision ≤ ${MAX_PRECISION}`;
  return TYPES.filter(({ logical }) => logical === logicalType)
    .map(({ physical }) => physical)
    .join(' or ');
}

/** Digits in all, and those after the point, of Spark's decimal; undefined for any other type. */
export function decimalOf(type: string): { precision: number; scale: number } | undefined {
  const [, precision, scale] = /^decimal\((\d+),\s*(\d+)\)$/i.exec(type) ?? [];
  return precision === undefined ? undefined : { precision: Number(precision), scale: Number(scale) };
}

/** PostgreSQL's name of a Spark type. */
export function rdsType(type: string): string {
  const decimal = decimalOf(type);
  return decimal ? `numeric(${decimal.precision}, ${decimal.scale})` : namesOf(type).rds;
}

/** Redshift's name of a Spark type. Its timestamps have no time zone; ours are in UTC. */
export function redshiftType(type: string): string {
  const decimal = decimalOf(type);
  return decimal ? `decimal(${decimal.precision}, ${decimal.scale})` : namesOf(type).redshift;
}

/** Snowflake's name of a Spark type. Its numbers have the digits that the type can have; its timestamps no zone: ours are in UTC. */
export function snowflakeType(type: string): string {
  const decimal = decimalOf(type);
  return decimal ? `number(${decimal.precision}, ${decimal.scale})` : namesOf(type).snowflake;
}

/** Trino's, and so Athena's, name of a Spark type. */
export function trinoType(type: string): string {
  return decimalOf(type) ? type : namesOf(type).trino;
}

const INTEGERS = ['smallint', 'int', 'bigint'];

/** Whether `to` holds every value of another type, and a table of Iceberg can follow: larger integers, longer decimals. */
export function isWider(to: string, from: string): boolean {
  const [wide, narrow] = [decimalOf(to), decimalOf(from)];
  if (wide && narrow) return wide.scale === narrow.scale && wide.precision > narrow.precision;
  return INTEGERS.includes(from) && INTEGERS.indexOf(to) > INTEGERS.indexOf(from);
}

/** Whether a number of one type may be out of range, or lose digits after the point, where it is cast to another. */
export function isLossy(from: string, to: string): boolean {
  const [wide, narrow] = [decimalOf(from), decimalOf(to)];
  if (wide && narrow) return narrow.scale < wide.scale || narrow.precision - narrow.scale < wide.precision - wide.scale;
  return INTEGERS.includes(to) && INTEGERS.indexOf(from) > INTEGERS.indexOf(to);
}

function namesOf(type: string): TypeNames {
  const names = TYPES.find(({ spark }) => spark === type);
  if (!names) throw new Error(`the type ${type} is not in contracts/column-type.ts; add it there`);
  return names;
}

function decimalType(physicalType: string): string | undefined {
  const decimal = decimalOf(physicalType.replace(/\s/g, ''));
  if (!decimal) return undefined;
  const { precision, scale } = decimal;
  return precision >= 1 && precision <= MAX_PRECISION && scale <= precision ? `decimal(${precision},${scale})` : undefined;
}
