import type { CellRule } from '../../../contracts/expectation';
import type { Value } from '../row';

/** A cell that its column's rules refuse. */
export interface Fault {
  readonly column: string;
  readonly rule: CellRule;
  /** As text files have it. */
  readonly text: string;
  /** As Parquet has it, and JSON; absent where the column's type cannot hold it. */
  readonly value?: Value;
}
