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
import { arrivals, countArrivals } from '../cli/generate/arrivals';
import { contractNamed, datasetsOf } from '../cli/generate/datasets';
import { csvWriter } from '../cli/generate/format/text-writer';
import { FileSink } from '../cli/generate/output/file-sink';
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
  const ours = await generatedItems(Number(values.scale), join(folder, 'items.csv'));
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
} finally {
  rmSync(folder, { recursive: true });
}

/** As the command does it: counted, made, written, with its checksum. */
async function generatedItems(scale: number, path: string): Promise<Measured> {
  const contracts = loadContracts(CONTRACTS_FOLDER);
  const plan = { seed: 1, sizes: sizesOf(scale), from: '2024-01-01', to: '2025-12-31', batches: 3 };
  const items = datasetsOf(plan, contracts).find(({ name }) => name === 'order_items');
  if (items === undefined) throw new Error('order_items is not generated');
  const [startedAt, busyBefore] = [performance.now(), process.cpuUsage()];
  const sink = await FileSink.create(path);
  const writer = csvWriter(contractNamed(contracts, items.name), sink);
  let rows = 0;
  for (let batch = 0; batch < plan.batches; batch += 1) {
    countArrivals(items, batch, plan.batches);
    for (const { row } of arrivals(items, batch, plan.batches)) {
      const wait = writer.add(row);
      if (wait) await wait;
      rows += 1;
    }
  }
  await writer.end();
  const { bytes } = await sink.close();
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
