import type { Fault } from '../defect/fault';
import type { Row } from '../row';

/** Writes the rows of one file. What it returns is waited for before the next row: the disk is slower than the rows. */
export interface RowWriter {
  add(row: Row, fault?: Fault): Promise<void> | undefined;
  end(): Promise<void>;
}

/** Where the bytes go. */
export interface Bytes {
  write(bytes: Uint8Array): Promise<void>;
}
