import { Command, InvalidArgumentError, Option } from 'commander';
import { Folders } from '../../local/folders';
import { readRecord } from '../../local/laptop-record';
import { ConcessionsApi } from './server';

const ABOUT = `
Any token is taken, until POST /_admin/token says which. To order, all as JSON:
  POST /_admin/faults    [{"at": N, "fault": FAULT}, …]: what happens to the N-th request from now
  POST /_admin/change    {"update": N, "add": N, "remove": N}: of its records
  POST /_admin/token     {"token": "…"}: the only one that is taken from now on
  GET  /_admin/requests  what was asked, and the answers
FAULT is one of
  {"kind": "error"}                        500
  {"kind": "busy", "seconds": N}           429 with Retry-After; "as": "date" writes it as one
  {"kind": "truncated"}                    half a page; "as": "short" with a length that fits
  {"kind": "repeated"}                     the answer before once more
  {"kind": "hang"}                         never an answer
  {"kind": "changed", "update": N, "add": N, "remove": N}
  {"kind": "rotated", "token": "…"}        another token from now on
  {"kind": "malformed"}                    an answer of another form`;

interface Options {
  readonly port?: number;
  readonly count: number;
  readonly seed: number;
  readonly paging: 'cursor' | 'page';
}

function number(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/** The API for people, on the port that the laptop's stage asks. */
async function serve({ port = readRecord(new Folders())?.ports.concessions, ...props }: Options): Promise<void> {
  if (port === undefined) throw new Error('the laptop is not running: start it with `npx assay up`, or say --port');
  const api = await ConcessionsApi.start({ ...props, port });
  console.error(`${props.count} concessions at ${api.url}; Ctrl-C ends it`);
}

const command = new Command('npx tsx test/concessions-api/main.ts')
  .description('Plays the concessions API over generated data, with faults to order.')
  .option('--port <port>', 'where (default: the port that the laptop asks)', number)
  .option('--count <number>', 'of concessions', number, 25_000)
  .option('--seed <number>', 'the same seed, the same data', number, 1)
  .addOption(new Option('--paging <kind>', 'how pages follow each other').choices(['cursor', 'page']).default('cursor'))
  .addHelpText('after', ABOUT)
  .action(serve);

try {
  await command.parseAsync();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'EADDRINUSE' ? `${message}: is it running already? say another --port` : message);
  process.exitCode = 1;
}
