import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { UserError } from '../../cli/failure';
import { main } from '../../cli/main';
import type { Session } from '../../cli/session';

/** Stands for any command. */
let command: (session: Session) => Promise<void> = () => Promise.reject(new Error('not planned'));
vi.mock('../../cli/program', () => ({
  createProgram: (session: Session) => Promise.resolve({ parseAsync: () => command(session) }),
}));

async function run(work: typeof command): Promise<{ code: number; said: string[] }> {
  const said: string[] = [];
  command = work;
  const code = await main([], { result: () => undefined, progress: (line) => said.push(line), isLive: false });
  return { code, said };
}

/** As Ctrl-C: the handler that main set is called. */
const interrupt = (): unknown => process.listeners('SIGINT').at(-1)?.('SIGINT');

it('does not warn of leaks when dozens of files listen for the interruption', async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error): unknown => warnings.push(warning);
  process.on('warning', keep);
  await run(async ({ signal }) => {
    for (let file = 0; file < 24; file++) signal.addEventListener('abort', () => undefined);
    await new Promise((done) => setTimeout(done, 10));
  });
  process.off('warning', keep);
  expect(warnings).toEqual([]);
});

it('says what goes on after an interruption, and nothing more when nothing does', async () => {
  const stopped = (leaves?: Session['leaves']) => async (session: Session) => {
    if (leaves) session.leaves = leaves;
    const aborted = once(session.signal, 'abort');
    interrupt();
    await aborted;
    session.signal.throwIfAborted();
  };
  expect(await run(stopped(() => 'it goes on'))).toEqual({ code: 130, said: ['interrupted; it goes on'] });
  expect(await run(stopped(() => undefined))).toEqual({ code: 130, said: ['interrupted'] });
  expect(await run(stopped())).toEqual({ code: 130, said: ['interrupted'] });
});

it('does not say so of another failure', async () => {
  const failed = run((session) => {
    session.leaves = () => 'it goes on';
    return Promise.reject(new UserError('do this'));
  });
  expect(await failed).toEqual({ code: 1, said: ['do this'] });
});
