import { main } from '../cli/main';

const code = await main(process.argv.slice(2));
// Both streams may be pipes, which exit() would cut off; and open connections must not keep a finished command alive.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(code);
