import { Command } from 'commander';
import { DIMENSIONS, isMet, scoreOf, scoreText, type Score, type Scores } from '../../contracts/scores';
import { connect } from '../aws/connect';
import { checkedContractOf } from '../datasets';
import { print } from '../output/print';
import { table } from '../output/table';
import type { FileItem } from '../runs/file-item';
import { shortId } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { positive } from './numbers';

interface QualityOptions extends StageOptions {
  readonly limit?: number;
  readonly json: boolean;
}

type JudgedRun = FileItem & { readonly scores: Scores };

export function qualityCommand(session: Session): Command {
  return new Command('quality')
    .description('the four scores of every run against their thresholds, newest first')
    .argument('<dataset>')
    .option('--limit <number>', 'only the newest', positive)
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', '\nA score below its threshold has a !; the file was refused and nothing of it published.')
    .action((dataset: string, options: QualityOptions) => quality(session, dataset, options));
}

async function quality({ output }: Session, dataset: string, options: QualityOptions): Promise<void> {
  checkedContractOf(dataset);
  const ledger = await Ledger.of(await connect(options.stage));
  const runs = (await ledger.list([dataset])).filter(isJudged).slice(0, options.limit);
  print(output, options.json, runs.map(documentOf), () => textOf(runs));
}

function isJudged(item: FileItem): item is JudgedRun {
  return item.scores !== undefined;
}

function documentOf({ id, key, versionId, status, startedAt, scores, failedRules = [] }: JudgedRun) {
  const judged = (score: Score) => ({
    score: scoreOf(score),
    passed: score.passed,
    total: score.total,
    threshold: Number(score.threshold),
    met: isMet(score),
  });
  const { completeness, validity, accuracy, consistency } = scores;
  return {
    id,
    file: key,
    version: versionId,
    status,
    startedAt,
    scores: {
      completeness: judged(completeness),
      validity: judged(validity),
      accuracy: judged(accuracy),
      consistency: judged(consistency),
    },
    failedRules,
  };
}

function textOf(runs: readonly JudgedRun[]): string {
  const [newest] = runs;
  if (newest === undefined) return 'no file of this dataset was judged yet: `npx assay drop FILE`';
  const thresholds = ['', '', 'at least', ...DIMENSIONS.map((name) => newest.scores[name].threshold), ''];
  const rows = runs.map(({ id, key, status, scores, failedRules = [] }) => [
    shortId(id),
    key,
    status,
    ...DIMENSIONS.map((name) => `${scoreText(scoreOf(scores[name]))}${isMet(scores[name]) ? '' : ' !'}`),
    failedRules[0] ? `${failedRules[0].column ?? ''} ${failedRules[0].rule} (${failedRules[0].rows})`.trim() : '',
  ]);
  return table(['run', 'file', 'status', ...DIMENSIONS, 'failed most'], [thresholds, ...rows]);
}
