import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { Column } from '../../../contracts/column';
import { decimalOf } from '../../../contracts/column-type';
import type { Contract } from '../../../contracts/contract';
import type { Fault } from '../defect/fault';
import type { Row, Value } from '../row';
import type { Bytes, RowWriter } from './writer';

/** Rows that are held in memory at once. */
const ROW_GROUP = 20_000;
const CENTS_SCALE = 2;
const DIGITS_OF_INT64 = 18;

/** Typed columns, compressed by Snappy, in row groups; every column is optional, so that a required cell can be empty. */
export class ParquetFileWriter implements RowWriter {
  private readonly writer = new Drained();
  private readonly file: ParquetWriter;
  private readonly columns: readonly { readonly name: string; readonly typed: (value: Value) => unknown }[];
  private group: unknown[][];
  private rows = 0;

  constructor(
    { columns }: Contract,
    private readonly bytes: Bytes,
  ) {
    const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)];
    this.file = new ParquetWriter({ writer: this.writer, schema });
    this.columns = columns.map((column) => ({ name: column.name, typed: typedBy(column) }));
    this.group = this.columns.map(() => []);
  }

  add(row: Row, fault?: Fault): Promise<void> | undefined {
    for (const [index, { name, typed }] of this.columns.entries()) {
      const value = fault?.column === name ? (fault.value ?? null) : (row[name] ?? null);
      this.group[index]?.push(value === null ? null : typed(value));
    }
    this.rows += 1;
    return this.rows < ROW_GROUP ? undefined : this.flush();
  }

  async end(): Promise<void> {
    await this.flush();
    await this.file.finish();
    await this.bytes.write(this.writer.taken());
  }

  private async flush(): Promise<void> {
    const columnData = this.columns.map(({ name }, index) => ({ name, data: this.group[index] ?? [] }));
    await this.file.write({ columnData, rowGroupSize: ROW_GROUP });
    await this.bytes.write(this.writer.taken());
    this.group = this.columns.map(() => []);
    this.rows = 0;
  }
}

/** Gives away what was written since it was last asked. */
class Drained extends ByteWriter {
  taken(): Uint8Array {
    const chunk = new Uint8Array(this.buffer, 0, this.index).slice();
    this.index = 0;
    return chunk;
  }
}

function elementOf({ name, type }: Column): SchemaElement {
  const decimal = decimalOf(type);
  const common = { name, repetition_type: 'OPTIONAL' } as const;
  if (decimal && decimal.precision <= DIGITS_OF_INT64)
    return { ...common, type: 'INT64', converted_type: 'DECIMAL', ...decimal };
  if (decimal) return { ...common, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', ...decimal };
  const element = ELEMENTS[type];
  if (element === undefined)
    throw new Error(`no Parquet type is known for ${type}; add it to cli/generate/format/parquet-file.ts`);
  return { ...common, ...element };
}

const ELEMENTS: Readonly<Record<string, Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  smallint: { type: 'INT32', converted_type: 'INT_16' },
  int: { type: 'INT32' },
  bigint: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};

/** A decimal as its unscaled digits, so that none goes through a binary fraction. */
function typedBy({ type }: Column): (value: Value) => unknown {
  const decimal = decimalOf(type);
  if (decimal) return (cents) => BigInt(Number(cents)) * 10n ** BigInt(decimal.scale - CENTS_SCALE);
  if (type === 'timestamp' || type === 'bigint') return (value) => BigInt(Number(value));
  return (value) => value;
}
