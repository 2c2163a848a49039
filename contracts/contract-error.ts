/** A place in a contract, counted from 1, and what is wrong there. */
export interface ContractFault {
  readonly line: number;
  readonly column: number;
  /** Path, value got, what was expected and what to do. */
  readonly message: string;
}

/** A contract that cannot be used. The message has one line for each fault: `file:line:column: what is wrong`. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  constructor(
    readonly fileName: string,
    readonly faults: readonly ContractFault[],
  ) {
    super(faults.map(({ line, column, message }) => `${fileName}:${line}:${column}: ${message}`).join('\n'));
  }
}
