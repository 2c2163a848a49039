/**
 * How fast `assay generate` writes order items as CSV.
 * Usage: npx tsx bench/generate.ts [--scale 10]
 * The peer writes as many rows of the same columns to a file by Python's csv module, with random numbers and no relationships.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContracts } from '../contracts/catalog';
import { CONTRACTS_FOLDER } from '../cli/datasets';
import { countArrivals } from '../cli/generate/arrivals';
import { calendarOf, dateOf } from '../cli/generate/calendar';
import { contractNamed, datasetsOf } from '../cli/generate/datasets';
import { NO_DEFECTS } from '../cli/generate/defect/rates';
import { writeFile } from '../cli/generate/output/file';
import { TargetFolder } from '../cli/generate/output/folder';
import { LineAmounts } from '../cli/generate/output/line-amounts';
import { TRUTH } from '../cli/generate/output/names';
import { TruthFile } from '../cli/generate/output/truth-file';
import { sizesOf } from '../cli/generate/sizes';
import { count } from '../cli/output/quantities';
import { table } from '../cli/output/table';

const PEER = `
import csv, random, sys
path, rows = sys.argv[1], int(sys.argv[2])
with open(path, "w", newline="") as file:
    out = csv.writer(file, lineterminator="\\n")
    for row in range(rows):
        quantity, cents = random.randint(1, 4), random.randint(900, 99999)
        amount = quantity * cents
        out.writerow([f"O{row // 3:09}", row % 3 + 1, f"P{random.randrange(500):06}", "2024-08-31T12:34:56Z", quantity,
            f"{cents // 100}.{cents % 100:02}", "0.00", f"{amount // 100}.{amount % 100:02}"])
`;

interface Measured {
  readonly name: string;
  readonly rows: number;
  /** Of the processor, in seconds: others may run beside. */
  readonly busy: number;
  readonly wall: number;
  readonly bytes: number;
}

const { values } = parseArgs({ options: { scale: { type: 'string', default: '10' } } });
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
try {
  const ours = await generatedItems(Number(values.scale), join(folder, 'items'));
  const peer = pythonItems(ours.rows, join(folder, 'peer.csv'));
  const rows = [ours, peer].map((each) => [
    each.name,
    count(each.rows),
    each.wall.toFixed(1),
    each.busy.toFixed(1),
    count(Math.round(each.rows / each.wall)),
    count(Math.round(each.rows / each.busy)),
    (each.bytes / 1e6).toFixed(1),
  ]);
  const head = ['order items as CSV', 'rows', 'seconds', 'of processor', 'rows/s', 'rows/s of processor', 'MB'];
  console.log(table(head, rows));
  console.log(`\nper second of processor ${(peer.busy / ours.busy).toFixed(2)} times the rows of the peer`);
} finally {
  rmSync(folder, { recursive: true });
}

/** As the command does it: counted, made, spoiled by no defect, written with its checksum, tallied. */
async function generatedItems(scale: number, path: string): Promise<Measured> {
  const contracts = loadContracts(CONTRACTS_FOLDER);
  const plan = { seed: 1, sizes: sizesOf(scale), from: '2024-01-01', to: '2025-12-31', batches: 3 };
  const options = { ...plan, format: 'csv', defects: NO_DEFECTS } as const;
  const dataset = datasetsOf(plan, contracts).find(({ name }) => name === 'order_items');
  if (dataset === undefined) throw new Error('order_items is not generated');
  const contract = contractNamed(contracts, dataset.name);
  const calendar = calendarOf(plan);
  const folder = await TargetFolder.open(path);
  const [startedAt, busyBefore] = [performance.now(), process.cpuUsage()];
  const truth = await TruthFile.create(folder.at(TRUTH));
  const amounts = new LineAmounts(dataset, calendar.first, calendar.days);
  let [rows, bytes] = [0, 0];
  for (let batch = 0; batch < plan.batches; batch += 1) {
    const date = dateOf(calendar.first + calendar.batch(batch).end - 1);
    const count = countArrivals(dataset, batch, plan.batches);
    const file = await writeFile({ options, contract, dataset, batch, date, count, folder, truth, amounts });
    rows += file.rows;
    bytes += file.bytes;
  }
  await truth.close();
  const { user, system } = process.cpuUsage(busyBefore);
  return { name: 'assay generate', rows, bytes, busy: (user + system) / 1e6, wall: (performance.now() - startedAt) / 1000 };
}

function pythonItems(rows: number, path: string): Measured {
  const script = `${path}.py`;
  writeFileSync(script, PEER);
  const startedAt = performance.now();
  const timed = `import resource, runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0]); u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)`;
  const { stdout, status, stderr } = spawnSync('python3', ['-c', timed, script, path, String(rows)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return {
    name: 'csv.writer of Python',
    rows,
    bytes: statSync(path).size,
    busy: Number(stdout),
    wall: (performance.now() - startedAt) / 1000,
  };
}
