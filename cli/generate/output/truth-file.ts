import type { Column } from '../../../contracts/column';
import type { Contract } from '../../../contracts/contract';
import type { WrittenRow } from '../defect/spoiled';
import { numberTextOf } from '../format/cell-text';
import type { Row } from '../row';
import { FileSink } from './file-sink';

const AT_ONCE = 1 << 16;

/** One line per defect: which file, which rows, what is wrong with them, and the key that they have. */
export class TruthFile {
  private waiting = '';

  private constructor(private readonly sink: FileSink) {}

  static async create(path: string): Promise<TruthFile> {
    return new TruthFile(await FileSink.create(path));
  }

  add(
    file: string,
    { dataset, columns, primaryKey }: Contract,
    { defect, fault, arrival }: WrittenRow,
  ): Promise<void> | undefined {
    if (defect === undefined) return undefined;
    const { dimension, rule, column, rows } = defect;
    const key = keyText(
      columns.filter(({ name }) => primaryKey.includes(name)),
      arrival.row,
    );
    const value = fault && { value: fault.text };
    this.waiting += `${JSON.stringify({ file, dataset, rows, dimension, rule, column, ...value, key })}\n`;
    return this.waiting.length < AT_ONCE ? undefined : this.flush();
  }

  async close(): Promise<void> {
    await this.flush();
    await this.sink.close();
  }

  abandon(): Promise<void> {
    return this.sink.abandon();
  }

  private flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    return this.sink.write(Buffer.from(text));
  }
}

function keyText(columns: readonly Column[], row: Row): Record<string, string> {
  const cells = columns.map((column) => {
    const value = row[column.name];
    return [column.name, typeof value === 'number' ? numberTextOf(column)(value) : String(value)] as const;
  });
  return Object.fromEntries(cells);
}
