import { Command, InvalidArgumentError } from 'commander';
import { DIMENSIONS, failedRuleText, scoreText } from '../../contracts/scores';
import { connect } from '../aws/connect';
import { ledgerDatasets } from '../datasets';
import { Executions } from '../execution/executions';
import { print } from '../output/print';
import { visible } from '../output/table';
import { stepLine } from '../progress/step-line';
import { findRun } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import { countsText, outcomeOf } from '../runs/outcome';
import type { ScoreValues } from '../runs/scores';
import { detailOf, type RunDetail } from '../runs/summary';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface RunOptions extends StageOptions {
  readonly json: boolean;
}

export function runCommand(session: Session): Command {
  return new Command('run')
    .description('one run: state, steps with their times, rows, scores, error')
    .argument('<id>', "the run's id or a unique beginning of it", hexadecimal)
    .addOption(jsonOption())
    .addOption(stageOption())
    .action((id: string, options: RunOptions) => run(session, id, options));
}

function scoresText(scores: ScoreValues): string {
  return DIMENSIONS.map((name) => `${name} ${scoreText(scores[name])}`).join(', ');
}

/** A run's id or its beginning. */
export function hexadecimal(text: string): string {
  if (!/^[0-9a-f]{1,64}$/i.test(text)) throw new InvalidArgumentError('expected up to 64 hexadecimal digits.');
  return text.toLowerCase();
}

async function run({ output }: Session, id: string, options: RunOptions): Promise<void> {
  const account = await connect(options.stage);
  const item = await findRun(await Ledger.of(account), ledgerDatasets(), id);
  const execution = item.executionArn === undefined ? undefined : await new Executions(account).look(item.executionArn);
  const detail = detailOf(item, execution);
  print(output, options.json, detail, () => runText(detail, new Date()));
}

export function runText(run: RunDetail, now: Date): string {
  const facts = [
    ['run', run.id],
    ['file', `${visible(run.file)}  version ${run.version}`],
    ['dataset', `${run.dataset ?? 'none'}${run.ingestionDate === null ? '' : `  of ${run.ingestionDate}`}`],
    ['started', run.startedAt],
    ...(run.endedAt === null ? [] : [['ended', run.endedAt]]),
    ...(run.outcome === null ? [] : [['outcome', run.of === null ? run.outcome : `${run.outcome} of run ${run.of}`]]),
    ['state', outcomeOf(run)],
    ...(run.rows === null || run.status === 'succeeded' ? [] : [['rows', countsText(run.rows)]]),
    ...(run.scores === null ? [] : [['scores', scoresText(run.scores)]]),
    ...(run.execution === null ? [] : [['execution', run.execution]]),
  ].map(([name = '', value = '']) => `${name.padEnd(10)} ${value}`);
  const found = [
    ...run.failedRules.map(failedRuleText),
    ...run.samples.map(({ line, text }) => `line ${line}: ${visible(text)}`),
  ];
  const steps = run.steps.filter(({ startedAt }) => startedAt !== null).map((step) => `  ${stepLine(step, now)}`);
  const parts = [
    ['refused', ...found.map((line) => `  ${line}`)],
    ['steps', ...steps],
  ];
  return [...facts, ...parts.filter((lines) => lines.length > 1).flat()].join('\n');
}
