import { Command, Option } from 'commander';
import { loadContracts } from '../../contracts/catalog';
import { CONTRACTS_FOLDER } from '../datasets';
import { generate } from '../generate/generate';
import { LIMITS } from '../generate/sizes';
import { generateView } from '../generate/output/view';
import { optionsOf, type Words } from '../generate/options';
import { writtenText } from '../generate/output/written-text';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption } from '../stage';
import { positive } from './numbers';

interface Asked extends Words {
  readonly out: string;
  readonly json: boolean;
}

const AFTER_HELP = `
One file per dataset and batch, named as its contract wants and with the batch's last day; beside them truth.jsonl, a line for each
defect, and manifest.json: what was asked for, and of each file what Assay must find in it.
Some rows come a batch late, some are wrong at first and sent again in the next batch. The same options give the same bytes.

Examples
  npx assay generate --out data                                      18 files: 1K customers, 5K orders, 50K web events …
  npx assay generate --out data --defects 0.01                       one row in a hundred is bad
  npx assay generate --out data --defects validity=0.002,accuracy=0.01
  npx assay generate --out data --scale 2.5 --web-events 1000000 --format mixed
  npx assay generate --out data --from 2025-01-01 --to 2025-01-31 --batches 31     a file a day`;

export function generateCommand(session: Session): Command {
  return new Command('generate')
    .description('write sample data: customers, products, orders, order items, web events, inventory')
    .requiredOption('--out <folder>', 'where to; empty, or filled by an earlier generate, which is replaced')
    .option('--scale <size>', 'small, medium (× 10), large (× 100), or a factor such as 2.5', 'small')
    .option('--customers <number>', 'instead of what the scale says', upTo(LIMITS.customers))
    .option('--products <number>', 'likewise', upTo(LIMITS.products))
    .option('--orders <number>', 'likewise; each has some 2.5 items', upTo(LIMITS.orders))
    .option('--web-events <number>', 'likewise', upTo(LIMITS.webEvents))
    .option('--from <day>', 'the first day', '2024-01-01')
    .option('--to <day>', 'the last day', '2025-12-31')
    .option('--batches <number>', 'into how many files the days of each dataset are cut', positive, 3)
    .addOption(
      new Option('--format <format>', 'mixed: web events as JSON lines, inventory as Parquet, the others as CSV')
        .choices(['csv', 'jsonl', 'parquet', 'mixed'])
        .default('csv'),
    )
    .option('--defects <rate>', "share of a file's rows with a defect, or a share for each dimension", '0')
    .option('--seed <number>', 'another seed gives other data', '1')
    .addOption(jsonOption())
    .addHelpText('after', AFTER_HELP)
    .action((asked: Asked) => run(session, asked));
}

async function run({ output, signal }: Session, asked: Asked): Promise<void> {
  const options = optionsOf(asked);
  const view = generateView(output, options.batches);
  try {
    const manifest = await generate(options, loadContracts(CONTRACTS_FOLDER), asked.out, { signal, progress: view });
    view.close();
    print(output, asked.json, manifest, () => writtenText(manifest, asked.out));
  } finally {
    view.close();
  }
}

/** The digits of an id are as many as its contract's pattern has. */
function upTo(limit: number): (text: string) => number {
  return (text) => positive(text, undefined, limit);
}
