import { Command, Option } from 'commander';
import { ddlOf, TARGETS, type DdlTarget } from '../contract/ddl';
import { lintFiles, lintFolder, lintText } from '../contract/lint';
import { CONTRACTS_FOLDER, contractOf } from '../datasets';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption } from '../stage';

interface LintOptions {
  readonly json: boolean;
}

interface DdlOptions extends LintOptions {
  readonly target?: DdlTarget;
}

export function contractCommand(session: Session): Command {
  const lintCommand = new Command('lint')
    .description('check contracts; every fault with its line and column')
    .argument('[files...]', 'contracts (default: all of contracts/)')
    .addOption(jsonOption())
    .action((files: string[], options: LintOptions) => lint(session, files, options));
  const ddlCommand = new Command('ddl')
    .description('print the tables and views that a contract describes')
    .argument('<dataset>')
    .addOption(new Option('--target <where>', 'only of this layer').choices(TARGETS))
    .addOption(jsonOption())
    .action((dataset: string, options: DdlOptions) => ddl(session, dataset, options));
  return new Command('contract').description('what the datasets must be').addCommand(lintCommand).addCommand(ddlCommand);
}

function lint(session: Session, files: readonly string[], { json }: LintOptions): void {
  const linted = files.length === 0 ? lintFolder(CONTRACTS_FOLDER) : lintFiles(files);
  if (linted.some(({ faults }) => faults.length > 0)) session.exitCode = 1;
  const document = linted.map(({ file, faults }) => ({ file, valid: faults.length === 0, faults }));
  print(session.output, json, document, () => lintText(linted));
}

function ddl({ output }: Session, dataset: string, { target, json }: DdlOptions): void {
  const statements = ddlOf(contractOf(dataset), target === undefined ? undefined : [target]);
  print(output, json, statements, () => statements.map(({ sql }) => `${sql};`).join('\n\n'));
}
