import { Command } from 'commander';
import { connect } from '../aws/connect';
import { dropAll, followDropped, type Drop, type DroppedFile } from '../inbox/drop';
import { droppedFiles, type LocalFile } from '../inbox/dropped-files';
import { print } from '../output/print';
import { bytes } from '../output/quantities';
import { visible } from '../output/table';
import { progressView } from '../progress/view';
import { shortId } from '../runs/find-run';
import { outcomeOf } from '../runs/outcome';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface DropOptions extends StageOptions {
  readonly as?: string;
  readonly wait: boolean;
  readonly json: boolean;
}

export function dropCommand(session: Session): Command {
  return new Command('drop')
    .description('upload files to the inbox and follow each to the end of its run')
    .argument('<file...>', 'files, or folders that stand for the files in them')
    .option('--as <name>', 'the key in the inbox of the only file, prefix and all (default: its own name)')
    .option('--no-wait', 'end as soon as the files are uploaded')
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', '\nEnds with 1 when a file is refused or its run fails. A file skipped as a duplicate is no failure.')
    .action((paths: string[], options: DropOptions) => drop(session, paths, options));
}

async function drop(session: Session, paths: readonly string[], options: DropOptions): Promise<void> {
  const files = droppedFiles(paths, options.as);
  const account = await connect(options.stage);
  const view = progressView(
    session.output,
    files.map(({ key }) => key),
  );
  const work: Drop = { account, view, signal: session.signal };
  try {
    const told = options.wait ? await toTheEnd(session, work, files) : await onlyUpload(work, files);
    await view.close();
    const lines = (): string => told.map(({ line }) => line).join('\n');
    print(
      session.output,
      options.json,
      told.map(({ document }) => document),
      lines,
    );
  } finally {
    await view.close();
  }
}

interface Told {
  readonly document: unknown;
  readonly line: string;
}

async function toTheEnd(session: Session, work: Drop, files: readonly LocalFile[]): Promise<Told[]> {
  const runs = await dropAll(work, files, await followDropped(work, files));
  if (runs.some(({ status }) => status === 'failed')) session.exitCode = 1;
  return runs.map((run) => ({
    document: run,
    line: `${visible(run.file)}  run ${shortId(run.id)}  ${outcomeOf(run)}`,
  }));
}

async function onlyUpload(work: Drop, files: readonly LocalFile[]): Promise<Told[]> {
  const uploaded = await dropAll(work, files, (file) => {
    work.view.show(file.key, { kind: 'left' });
    return Promise.resolve(file);
  });
  return uploaded.map(({ runId, key, version, size }: DroppedFile) => ({
    document: { id: runId, file: key, version, bytes: size, status: 'dropped' },
    line: `${visible(key)}  run ${shortId(runId)}  ${bytes(size)} uploaded`,
  }));
}
