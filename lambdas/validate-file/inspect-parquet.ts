import { parquetMetadataAsync, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet';
import type { Column } from '../../contracts/column';
import { decimalOf } from '../../contracts/column-type';
import { NotParquet, WrongColumnType } from '../../contracts/errors';
import { readRange } from '../s3/read-version';
import type { StoredFile } from '../s3/version';
import type { AgreedFile } from './agreed-file';
import { mapHeader } from './header';
import { refuseOtherFormats } from './refuse-other-formats';
import type { Sample } from './sample';

/** What a cell can be made of, exactly. */
type Kind = 'text' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'boolean';

const INTEGERS = /^U?INT_(8|16|32|64)$/;

/**
 * The columns of the file, in its order, from its footer. Raises NotParquet, the errors of a header, and WrongColumnType where a
 * column's type cannot be the contract's without a loss.
 */
export async function inspectParquet(sample: Sample, { columns }: AgreedFile, file: StoredFile): Promise<string[]> {
  const { fileName } = sample;
  refuseOtherFormats(sample, 'parquet');
  const { children } = await schemaOf(fileName, file);
  const header = mapHeader(
    `${fileName} schema`,
    children.map(({ element }) => element.name),
    columns,
  );
  for (const [index, name] of header.entries()) {
    const column = columns.find((each) => each.name === name);
    const found = children[index];
    if (column !== undefined && found !== undefined) refuseWrongType(fileName, found, column);
  }
  return header;
}

async function schemaOf(fileName: string, file: StoredFile): Promise<SchemaTree> {
  const bytes = {
    byteLength: file.size,
    slice: async (start: number, end = file.size): Promise<ArrayBuffer> => {
      const read = await readRange(file, start < 0 ? file.size + start : start, end);
      return new Uint8Array(read).buffer;
    },
  };
  if (file.size < MAGIC_BYTES * 3) throw notParquet(fileName, `${file.size} bytes`);
  const tail = await bytes.slice(file.size - MAGIC_BYTES);
  if (Buffer.from(tail).toString('latin1') !== 'PAR1') throw notParquet(fileName, 'it does not end with PAR1: it is cut off');
  try {
    return parquetSchema(await parquetMetadataAsync(bytes));
  } catch (error) {
    // What the reader of the footer says of it; errors of S3 have names of their own.
    if (error instanceof Error && ['Error', 'RangeError', 'TypeError'].includes(error.name))
      throw notParquet(fileName, `its footer cannot be read: ${error.message}`);
    throw error;
  }
}

const MAGIC_BYTES = 4;

function notParquet(fileName: string, fault: string): NotParquet {
  return new NotParquet(`${fileName} is no whole Parquet file (${fault}); write it again and upload it again`);
}

function refuseWrongType(fileName: string, { element, children }: SchemaTree, column: Column): void {
  const isNested = children.length > 0 || element.repetition_type === 'REPEATED';
  const kind = isNested ? undefined : kindOf(element);
  const fitting = kindsFor(column.type);
  if (kind !== undefined && fitting.includes(kind)) return;
  const found = isNested ? 'nested' : (kind ?? element.type ?? 'unknown').toLowerCase();
  throw new WrongColumnType(
    `${fileName} schema: column "${element.name}" is ${found}, expected ${fitting.join(' or ')} for ${column.type}; ` +
      'write the column with that type and upload the file again',
  );
}

function kindsFor(type: string): readonly Kind[] {
  if (type === 'string') return ['text', 'integer'];
  if (decimalOf(type)) return ['decimal', 'integer', 'text'];
  if (type === 'date' || type === 'timestamp' || type === 'boolean') return [type, 'text'];
  return ['integer', 'text'];
}

function kindOf(element: SchemaElement): Kind | undefined {
  const { type, logical_type: logical, converted_type: converted } = element;
  const meaning = logical?.type ?? converted;
  if (meaning === undefined) return PLAIN[type ?? ''];
  if (meaning === 'STRING' || meaning === 'UTF8' || meaning === 'ENUM') return 'text';
  if (meaning === 'DECIMAL') return 'decimal';
  if (meaning === 'DATE') return 'date';
  if (meaning.startsWith('TIMESTAMP')) return 'timestamp';
  return meaning === 'INTEGER' || INTEGERS.test(meaning) ? 'integer' : undefined;
}

/** What a column without a further meaning holds. */
const PLAIN: Readonly<Record<string, Kind | undefined>> = {
  INT32: 'integer',
  INT64: 'integer',
  INT96: 'timestamp',
  BOOLEAN: 'boolean',
};
