import { Command, Option } from 'commander';
import { diffContracts, diffText } from '../contract/diff';
import { ddlOf, TARGETS, type DdlTarget } from '../contract/ddl';
import { lintFiles, lintFolder, lintText } from '../contract/lint';
import { ourConsumers, readPair } from '../contract/read-contracts';
import { checkedContractOf, CONTRACTS_FOLDER } from '../datasets';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption } from '../stage';

interface JsonOptions {
  readonly json: boolean;
}

interface DdlOptions extends JsonOptions {
  readonly target?: DdlTarget;
}

export function contractCommand(session: Session): Command {
  const lintCommand = new Command('lint')
    .description('check contracts; every fault with its line and column')
    .argument('[files...]', 'contracts (default: all of contracts/)')
    .addOption(jsonOption())
    .action((files: string[], options: JsonOptions) => lint(session, files, options));
  const ddlCommand = new Command('ddl')
    .description('print the tables and views that a contract describes')
    .argument('<dataset>')
    .addOption(new Option('--target <where>', 'only of this layer').choices(TARGETS))
    .addOption(jsonOption())
    .action((dataset: string, options: DdlOptions) => ddl(session, dataset, options));
  const diffCommand = new Command('diff')
    .description('what a newer contract changes, and whom it breaks; exit code 1 when any change does')
    .argument('<old>', 'the contract as it was')
    .argument('<new>', 'the contract as it shall be')
    .addOption(jsonOption())
    .action((older: string, newer: string, options: JsonOptions) => diff(session, older, newer, options));
  const contract = new Command('contract').description('what the datasets must be');
  return contract.addCommand(lintCommand).addCommand(ddlCommand).addCommand(diffCommand);
}

function diff(session: Session, older: string, newer: string, { json }: JsonOptions): void {
  const found = diffContracts(...readPair(older, newer), ourConsumers(newer));
  if (found.isBreaking) session.exitCode = 1;
  print(session.output, json, found, () => diffText(found));
}

function lint(session: Session, files: readonly string[], { json }: JsonOptions): void {
  const linted = files.length === 0 ? lintFolder(CONTRACTS_FOLDER) : lintFiles(files);
  if (linted.some(({ faults }) => faults.length > 0)) session.exitCode = 1;
  const document = linted.map(({ file, faults }) => ({ file, valid: faults.length === 0, faults }));
  print(session.output, json, document, () => lintText(linted));
}

function ddl({ output }: Session, dataset: string, { target, json }: DdlOptions): void {
  const statements = ddlOf(checkedContractOf(dataset), target === undefined ? undefined : [target]);
  print(output, json, statements, () => statements.map(({ sql }) => `${sql};`).join('\n\n'));
}
