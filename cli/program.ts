import { Command } from 'commander';
import type { Session } from './session';

type Create = (session: Session) => Command;

/** Each command brings AWS clients that take their time to load, so only the one that was asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Create>>> = {
  demo: async () => (await import('./commands/demo')).demoCommand,
  up: async () => (await import('./commands/up')).upCommand,
  down: async () => (await import('./commands/down')).downCommand,
  status: async () => (await import('./commands/status')).statusCommand,
  drop: async () => (await import('./commands/drop')).dropCommand,
  pull: async () => (await import('./commands/pull')).pullCommand,
  runs: async () => (await import('./commands/runs')).runsCommand,
  run: async () => (await import('./commands/run')).runCommand,
  refresh: async () => (await import('./commands/refresh')).refreshCommand,
  query: async () => (await import('./commands/query')).queryCommand,
  quality: async () => (await import('./commands/quality')).qualityCommand,
  quarantine: async () => (await import('./commands/quarantine')).quarantineCommand,
  replay: async () => (await import('./commands/replay')).replayCommand,
  generate: async () => (await import('./commands/generate')).generateCommand,
  contract: async () => (await import('./commands/contract')).contractCommand,
};

const AFTER_HELP = `
Results go to stdout, all else to stderr. Exit codes: 0 done, 1 failed, 2 bad usage, 130 interrupted.
A command that fails before it has a result prints nothing on stdout, with --json too: look at the exit code first.
New here? \`npx assay demo\` shows a file on its whole way, on this machine.`;

/** The command line for these words. Its commands throw instead of ending the process. */
export async function createProgram(session: Session, [name = '']: readonly string[]): Promise<Command> {
  const program = new Command('assay')
    .description('Files in, trusted tables out: from the inbox to the lake and the database.')
    .addHelpText('after', AFTER_HELP);
  const asked = Object.entries(COMMANDS).filter(([each]) => each === name || !Object.hasOwn(COMMANDS, name));
  for (const [, load] of asked) program.addCommand((await load())(session));
  return throwing(program);
}

/** Wrong usage answers with a hint where help is; subcommands do not inherit this by themselves. */
function throwing(command: Command): Command {
  command.exitOverride().showHelpAfterError(`see \`npx assay ${pathOf(command)}--help\``);
  command.configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });
  for (const inner of command.commands) throwing(inner);
  return command;
}

function pathOf(command: Command): string {
  const names: string[] = [];
  for (let each = command; each.parent !== null; each = each.parent) names.unshift(each.name());
  return names.map((name) => `${name} `).join('');
}
