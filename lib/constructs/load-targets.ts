import { Choice, Condition, type IChainable, Parallel, Pass, type INextable } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import type { Target } from '../../contracts/targets';

export interface LoadTargetsProps {
  readonly contract: Contract;
  /** How each target is loaded: a chain that ends, at fault too, with the run document; then it holds `$.failure`. */
  readonly loaders: Readonly<Record<Target, () => IChainable>>;
  /** Whether what comes before may have left `$.failure`, which some targets do without. */
  readonly mayHaveFailed: boolean;
  readonly onFailure: IChainable;
}

/**
 * Loads all targets of a contract at once. A branch never fails: it ends with `$.failure`, so that one target's trouble
 * does not cut off the others in the middle of their work; only then the run goes to the failure path.
 */
export class LoadTargets extends Construct {
  readonly start: Parallel;
  readonly end: INextable;

  constructor(scope: Construct, id: string, props: LoadTargetsProps) {
    super(scope, id);
    const { targets } = props.contract;
    this.start = new Parallel(this, 'Load', { stateName: 'Load', resultPath: '$.loads' });
    const judge = new Choice(this, 'Judge', { stateName: 'Is every target loaded' });
    this.start.next(judge);
    if (props.mayHaveFailed) judge.when(Condition.isPresent('$.failure'), props.onFailure);
    targets.forEach((target, index) => {
      this.start.branch(props.loaders[target]());
      const failed = this.take(`${target} failed`, index, 'failure');
      judge.when(Condition.isPresent(`$.loads[${index}].failure`), failed.next(props.onFailure));
    });
    this.end = this.keepResults(judge, targets);
  }

  /** Each target's own field, as `rds`, moves from its branch's document into the run's. */
  private keepResults(judge: Choice, targets: readonly Target[]): INextable {
    const passes = targets.map((target, index) => this.take(`${target} loaded`, index, target));
    const [first, ...others] = passes;
    if (first === undefined) return judge.afterwards({ includeOtherwise: true });
    judge.otherwise(first);
    return others.reduce((last, next) => {
      last.next(next);
      return next;
    }, first);
  }

  private take(stateName: string, branch: number, field: string): Pass {
    return new Pass(this, stateName, { stateName, inputPath: `$.loads[${branch}].${field}`, resultPath: `$.${field}` });
  }
}
