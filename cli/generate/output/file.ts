import type { Contract } from '../../../contracts/contract';
import type { FileFormat } from '../../../contracts/file-format';
import { UserError } from '../../failure';
import { arrivals } from '../arrivals';
import type { Dataset } from '../dataset/dataset';
import { faultsOf } from '../defect/faults';
import { Places } from '../defect/places';
import { countsOf, type Rates } from '../defect/rates';
import { spoiled, type Spoiling } from '../defect/spoiled';
import { fileNameOf, formatOf, type FormatChoice } from '../file-name';
import { ParquetFileWriter } from '../format/parquet-file';
import { csvWriter, jsonLinesWriter } from '../format/text-writer';
import type { Bytes, RowWriter } from '../format/writer';
import { Random } from '../random';
import type { Plan } from '../world';
import { FileSink } from './file-sink';
import type { TargetFolder } from './folder';
import type { LineAmounts } from './line-amounts';
import type { GeneratedFile } from './manifest';
import { Tally } from './tally';
import type { TruthFile } from './truth-file';

/** Told of a file's rows as they are written, and of its end. */
export interface Progress {
  rows(file: string, written: number, all: number): void;
  written(file: GeneratedFile): void;
}

export interface FileJob {
  readonly options: Plan & { readonly format: FormatChoice; readonly defects: Rates };
  readonly contract: Contract;
  readonly dataset: Dataset;
  readonly batch: number;
  /** The batch's last day. */
  readonly date: string;
  /** Clean rows. */
  readonly count: number;
  readonly folder: TargetFolder;
  readonly truth: TruthFile;
  readonly amounts: LineAmounts | undefined;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

const TELL_EVERY = 8192;

export async function writeFile(job: FileJob): Promise<GeneratedFile> {
  const { contract, dataset, batch, date, options, folder, progress } = job;
  const format = formatOf(dataset.name, options.format);
  const name = fileNameOf(contract, date, format);
  const sink = await FileSink.create(folder.at(name));
  try {
    const tally = await writeRows(job, name, format, writerOf(format, contract, sink));
    const { late, correction: corrections } = tally.kinds;
    const sizes = { rows: tally.rows, ...(await sink.close()) };
    const found = { defects: tally.defects, scores: tally.scores(), expected: tally.counts() };
    const file = { name, dataset: dataset.name, batch, date, format, ...sizes, late, corrections, ...found };
    progress?.written(file);
    return file;
  } finally {
    await sink.abandon();
  }
}

async function writeRows(job: FileJob, name: string, format: FileFormat, writer: RowWriter): Promise<Tally> {
  const { contract, dataset, batch, options, truth, amounts, signal, progress } = job;
  const tally = new Tally(contract);
  const rows = spoiled(arrivals(dataset, batch, options.batches), spoilingOf(job, format));
  for (const written of rows) {
    const { row, fault } = written;
    const writing = writer.add(row, fault);
    if (writing) await writing;
    const telling = truth.add(name, contract, written);
    if (telling) await telling;
    tally.add(written);
    amounts?.add(written);
    if (written.number % TELL_EVERY !== 0) continue;
    // Rows can come for long without a wait that lets an interruption be heard.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    progress?.rows(name, written.number, job.count);
  }
  await writer.end();
  signal?.throwIfAborted();
  return tally;
}

function writerOf(format: FileFormat, contract: Contract, bytes: Bytes): RowWriter {
  if (format === 'parquet') return new ParquetFileWriter(contract, bytes);
  return format === 'csv' ? csvWriter(contract, bytes) : jsonLinesWriter(contract, bytes);
}

function spoilingOf({ contract, dataset, batch, options, count }: FileJob, format: FileFormat): Spoiling {
  const random = (subject: string): Random => Random.about(`${subject} ${dataset.name} ${batch}`, options.seed);
  const counts = countsOf(options.defects, count);
  const faults = faultsOf(contract, format);
  if (faults.length === 0 && counts.validity > 0)
    throw new UserError(
      `contract ${dataset.name}: no cell can be ill-formed in a ${format} file; ask for validity=0, or another --format`,
    );
  return { contract, dataset, faults, random: random('defect'), places: new Places(count, counts, random('defect place')) };
}
