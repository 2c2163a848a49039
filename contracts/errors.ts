/**
 * Every error that can end a step, its name written once, here: the class's own name is what Lambda reports, what the
 * state machine's retriers match and what users see. Bundles must therefore keep class names.
 *
 * A message says what is wrong, the value got, what was allowed and what to do, in lower case.
 */
export abstract class AssayError extends Error {
  abstract readonly kind: 'transient' | 'terminal';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Trying again may help: somebody else was quicker, or something is out of reach for now. */
export abstract class TransientError extends AssayError {
  readonly kind = 'transient';
}

/** Trying again cannot help: the file, the contract or the data is at fault. */
export abstract class TerminalError extends AssayError {
  readonly kind = 'terminal';
}

// The file's name and place.
export class UnknownFileName extends TerminalError {}
export class AmbiguousFileName extends TerminalError {}
export class UnsafeKey extends TerminalError {}

// The file as a whole.
export class VersionGone extends TerminalError {}
export class EmptyFile extends TerminalError {}
export class FileTooLarge extends TerminalError {}
/** The message says what was found instead: XLSX, PDF, HTML, Parquet, gzip, UTF-16 or NUL bytes. */
export class NotCsv extends TerminalError {}
export class NotJsonLines extends TerminalError {}
export class NotParquet extends TerminalError {}
export class BadEncoding extends TerminalError {}
export class WrongDelimiter extends TerminalError {}
export class UnclosedQuote extends TerminalError {}
export class FieldTooLong extends TerminalError {}

// Its columns.
export class MissingHeader extends TerminalError {}
export class MissingColumn extends TerminalError {}
export class UnknownColumn extends TerminalError {}
export class DuplicateColumn extends TerminalError {}
/** A column of a Parquet file has a type whose values are no cells of ours: floats, lists, bytes, or another one's. */
export class WrongColumnType extends TerminalError {}

/** Not one of the rows at the file's beginning fits the contract: it is another file, not one with bad rows. */
export class NoRowFits extends TerminalError {}

// What it holds.
/** A score is below the contract's threshold. */
export class BelowThreshold extends TerminalError {}
/** A released row has no number, or one that is not in quarantine. */
export class UnknownRow extends TerminalError {}
/** The run that is to be repeated did not bring what is in the tables. */
export class NotInForce extends TerminalError {}
/** A table cannot become what the contract says without losing what it holds. */
export class IncompatibleTable extends TerminalError {}
/** The tables follow a later version of the contract than the run does. */
export class OutdatedContract extends TerminalError {}
/** The SQL of a gold model leaves a required column of it without a value. */
export class RequiredValueMissing extends TerminalError {}

/** Transactions are asked for of a day that is still going on. */
export class DayNotOver extends TerminalError {}

// The work on it.
export class RowsDoNotBalance extends TerminalError {}
export class ChecksumMismatch extends TerminalError {}
export class GlueJobFailed extends TerminalError {}
/** Wrong credentials, also after the secret was fetched again. */
export class DatabaseRefused extends TerminalError {}
/** The database understood and declined: an error of the SQL or of its data. */
export class QueryFailed extends TerminalError {}
export class TooManyRows extends TerminalError {}
/** A refresh of the star schema would have broken what must hold; nothing of it was committed. */
export class InvariantBroken extends TerminalError {}
/** An API does not let us in, also after the token was fetched again, or does not know what is asked of it. */
export class SourceRefused extends TerminalError {}
/** An API answers something else than was agreed. */
export class UnexpectedAnswer extends TerminalError {}
/** What the state machine of an extract ends with, whatever ended it. */
export class ExtractFailed extends TerminalError {}
/** A model or a test of dbt failed, or dbt itself. */
export class DbtFailed extends TerminalError {}
/** What the state machine of a refresh ends with, whatever ended it. */
export class RefreshFailed extends TerminalError {}
/** The execution was stopped from outside, ran out of time or could not report itself. */
export class ExecutionCutOff extends TerminalError {}
/** What the state machine of a failed run ends with, whatever ended it. */
export class ETLJobFailed extends TerminalError {}

/** A Glue run ended without saying why: killed, out of memory, lost. */
export class GlueJobInterrupted extends TransientError {}
/** Other files of the dataset were published again and again meanwhile. */
export class PublishContended extends TransientError {}
export class DatabaseUnavailable extends TransientError {}
/** An API gave no answer that could be used, for as long as its budget lasted. */
export class SourceUnavailable extends TransientError {}
/** What an API holds changed so often that no reading of it fitted together. */
export class SourceChanging extends TransientError {}
/** AWS is out of breath (throttling, 5xx) or out of reach (timeouts, broken connections). */
export class AwsUnavailable extends TransientError {}
export class LedgerBusy extends TransientError {}
/** What is done one at a time is being done for somebody else. */
export class TurnTaken extends TransientError {}
export class ExecutionStartFailed extends TransientError {}

const terminalErrors = [
  UnknownFileName,
  AmbiguousFileName,
  UnsafeKey,
  VersionGone,
  EmptyFile,
  FileTooLarge,
  NotCsv,
  NotJsonLines,
  NotParquet,
  BadEncoding,
  WrongDelimiter,
  UnclosedQuote,
  FieldTooLong,
  MissingHeader,
  MissingColumn,
  UnknownColumn,
  DuplicateColumn,
  WrongColumnType,
  NoRowFits,
  BelowThreshold,
  UnknownRow,
  NotInForce,
  IncompatibleTable,
  OutdatedContract,
  RequiredValueMissing,
  DayNotOver,
  RowsDoNotBalance,
  ChecksumMismatch,
  GlueJobFailed,
  DatabaseRefused,
  QueryFailed,
  TooManyRows,
  InvariantBroken,
  SourceRefused,
  UnexpectedAnswer,
  ExtractFailed,
  DbtFailed,
  RefreshFailed,
  ExecutionCutOff,
  ETLJobFailed,
];

const transientErrors = [
  GlueJobInterrupted,
  PublishContended,
  DatabaseUnavailable,
  SourceUnavailable,
  SourceChanging,
  AwsUnavailable,
  LedgerBusy,
  TurnTaken,
  ExecutionStartFailed,
];

export const TERMINAL_ERROR_NAMES: readonly string[] = terminalErrors.map(({ name }) => name);

/** What a state machine retries, beside the failures of AWS itself. */
export const TRANSIENT_ERROR_NAMES: readonly string[] = transientErrors.map(({ name }) => name);
