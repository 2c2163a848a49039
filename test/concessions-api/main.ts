import { parseArgs } from 'node:util';
import { Folders } from '../../local/folders';
import { readRecord } from '../../local/laptop-record';
import { ConcessionsApi } from './server';

/** `npx tsx test/concessions-api/main.ts`: the API for people, on the port that the laptop's stage asks. */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    count: { type: 'string', default: '25000' },
    seed: { type: 'string', default: '1' },
    paging: { type: 'string', default: 'cursor' },
  },
});
const port = values.port === undefined ? readRecord(new Folders())?.ports.concessions : Number(values.port);
if (port === undefined) throw new Error('the laptop is not running: start it with `npx assay up`, or say --port');
const api = await ConcessionsApi.start({
  port,
  count: Number(values.count),
  seed: Number(values.seed),
  paging: values.paging === 'page' ? 'page' : 'cursor',
});
console.error(
  `${values.count} concessions at ${api.url}, any token is taken; faults by POST to /_admin/faults; Ctrl-C ends it`,
);
