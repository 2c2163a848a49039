import { CfnDataQualityRuleset } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { dqdl } from '../../contracts/dqdl';
import type { Stage } from '../stages';

export interface QualityRulesetProps {
  readonly stage: Stage;
  readonly contract: Contract;
}

/**
 * The contract's quality for the Glue console. A run does not need it. It names no target table, as the library's
 * own DataQualityRuleset must: the tables of silver are created by the first run, Glue wants a target to be there.
 */
export class QualityRuleset extends Construct {
  constructor(scope: Construct, id: string, { stage, contract }: QualityRulesetProps) {
    super(scope, id);
    const { dataset } = contract;
    new CfnDataQualityRuleset(this, 'Ruleset', {
      name: `assay-${stage.name}-${dataset}`,
      description: `Assay ${stage.name}: the contract of ${dataset}, for silver.${dataset}_by_file`,
      ruleset: dqdl(contract),
    });
  }
}
