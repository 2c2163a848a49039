import type { Contract } from '../../contracts/contract';
import { arrivals, countArrivals, type Arrival } from './arrivals';
import { calendarOf, dateOf } from './calendar';
import { contractNamed, datasetsOf } from './datasets';
import { BILLION, type Rates } from './defect/rates';
import type { Dataset } from './dataset/dataset';
import type { FormatChoice } from './file-name';
import { writeFile, type Progress } from './output/file';
import { FileSink } from './output/file-sink';
import { TargetFolder } from './output/folder';
import { LineAmounts } from './output/line-amounts';
import type { GeneratedFile, Manifest } from './output/manifest';
import { MANIFEST, TRUTH } from './output/names';
import { TruthFile } from './output/truth-file';
import type { Plan } from './world';

export interface Options extends Plan {
  readonly format: FormatChoice;
  readonly defects: Rates;
}

export interface Watching {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/**
 * Writes the files of every dataset and batch, `truth.jsonl` and `manifest.json` into the folder, or leaves it as it was. The same
 * options and contracts give the same bytes, on any machine. Raises UserError where the folder, the disk or a contract does not
 * allow it.
 */
export async function generate(
  options: Options,
  contracts: readonly Contract[],
  path: string,
  watching: Watching = {},
): Promise<Manifest> {
  const datasets = datasetsOf(options, contracts);
  const folder = await TargetFolder.open(path);
  try {
    const manifest = await writeAll(options, contracts, datasets, folder, watching);
    const sink = await FileSink.create(folder.at(MANIFEST));
    await sink.write(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
    await sink.close();
    watching.signal?.throwIfAborted();
    await folder.publish([MANIFEST, TRUTH, ...manifest.files.map(({ name }) => name)]);
    return manifest;
  } finally {
    await folder.abandon();
  }
}

/** The clean rows of one file, without writing it: any dataset and batch by itself. */
export function rowsOf(plan: Plan, contracts: readonly Contract[], name: string, batch: number): Iterable<Arrival> {
  const dataset = datasetsOf(plan, contracts).find((each) => each.name === name);
  if (dataset === undefined) throw new Error(`${name} is not generated`);
  return arrivals(dataset, batch, plan.batches);
}

async function writeAll(
  options: Options,
  contracts: readonly Contract[],
  datasets: readonly Dataset[],
  folder: TargetFolder,
  watching: Watching,
): Promise<Manifest> {
  const calendar = calendarOf(options);
  const items = datasets.find(({ name }) => name === 'order_items');
  const amounts = items && new LineAmounts(items, calendar.first, calendar.days);
  const truth = await TruthFile.create(folder.at(TRUTH));
  const files: GeneratedFile[] = [];
  try {
    for (let batch = 0; batch < options.batches; batch += 1) {
      const date = dateOf(calendar.first + calendar.batch(batch).end - 1);
      for (const dataset of datasets) {
        const contract = contractNamed(contracts, dataset.name);
        const count = countArrivals(dataset, batch, options.batches);
        const each = dataset === items ? amounts : undefined;
        files.push(
          await writeFile({ options, contract, dataset, batch, date, count, folder, truth, amounts: each, ...watching }),
        );
      }
    }
    await truth.close();
  } finally {
    await truth.abandon();
  }
  return manifestOf(options, files, amounts?.byDay() ?? {});
}

function manifestOf(options: Options, files: GeneratedFile[], lineAmounts: Record<string, string>): Manifest {
  const { seed, sizes, from, to, batches, format } = options;
  const { completeness, validity, accuracy, consistency } = options.defects;
  const defects = {
    completeness: completeness / BILLION,
    validity: validity / BILLION,
    accuracy: accuracy / BILLION,
    consistency: consistency / BILLION,
  };
  return { generator: 'assay generate', seed, sizes, from, to, batches, format, defects, files, lineAmounts };
}
