import { describe, expect, it } from 'vitest';
import {
  LOGICAL_TYPES,
  decimalOf,
  physicalTypesOf,
  rdsType,
  snowflakeType,
  sparkType,
  trinoType,
} from '../../contracts/column-type';

describe('a type', () => {
  it.each([
    ['string', 'STRING', 'string', 'text', 'varchar', 'varchar'],
    ['integer', 'SMALLINT', 'smallint', 'smallint', 'smallint', 'number(5, 0)'],
    ['integer', 'INTEGER', 'int', 'integer', 'integer', 'number(10, 0)'],
    ['integer', 'bigint', 'bigint', 'bigint', 'bigint', 'number(19, 0)'],
    ['number', 'DECIMAL(18, 2)', 'decimal(18,2)', 'numeric(18, 2)', 'decimal(18,2)', 'number(18, 2)'],
    ['number', 'DECIMAL(38,38)', 'decimal(38,38)', 'numeric(38, 38)', 'decimal(38,38)', 'number(38, 38)'],
    ['number', 'DECIMAL(1,0)', 'decimal(1,0)', 'numeric(1, 0)', 'decimal(1,0)', 'number(1, 0)'],
    ['date', 'DATE', 'date', 'date', 'date', 'date'],
    ['timestamp', 'TIMESTAMP', 'timestamp', 'timestamptz', 'timestamp', 'timestamp_ntz'],
    ['boolean', 'BOOLEAN', 'boolean', 'boolean', 'boolean', 'boolean'],
  ] as const)(
    '%s %s is %s, in PostgreSQL %s, in Trino %s, in Snowflake %s',
    (logical, physical, spark, rds, trino, snowflake) => {
      expect(sparkType(logical, physical)).toBe(spark);
      expect([rdsType(spark), trinoType(spark), snowflakeType(spark)]).toEqual([rds, trino, snowflake]);
    },
  );

  it.each([
    ['number', 'DOUBLE'],
    ['number', 'FLOAT'],
    ['number', 'DECIMAL'],
    ['number', 'DECIMAL(39,2)'],
    ['number', 'DECIMAL(2,3)'],
    ['number', 'DECIMAL(0,0)'],
    ['integer', 'STRING'],
    ['string', 'INTEGER'],
    ['date', 'TIMESTAMP'],
  ] as const)('%s is never %s', (logical, physical) => {
    expect(sparkType(logical, physical)).toBeUndefined();
  });

  it('is offered by a name that is accepted', () => {
    for (const logical of LOGICAL_TYPES.filter((name) => name !== 'number'))
      for (const physical of physicalTypesOf(logical).split(' or ')) expect(sparkType(logical, physical)).toBeDefined();
    expect(physicalTypesOf('number')).toMatch(/^DECIMAL/);
  });

  it('that is none fails where it is translated', () => {
    expect(() => rdsType('varchar(5)')).toThrow('the type varchar(5) is not in contracts/column-type.ts; add it there');
    expect(() => trinoType('float')).toThrow('the type float is not in');
    expect(decimalOf('decimal(18)')).toBeUndefined();
  });
});
