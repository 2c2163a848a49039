import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { loadContracts } from '../contracts/catalog';
import { ContractError } from '../contracts/contract-error';
import { ExplainedSolutionsChecks } from '../lib/acknowledgements';
import { addStacks } from '../lib/assay-stage';
import { projectRoot } from '../lib/project-root';
import { stageNamed, UnknownStage } from '../lib/stages';

/** What the CDK command line runs: all stacks of the stage that `-c stage=…` names. */
function main(): void {
  const app = new App();
  Validations.of(app).addPlugins(new ExplainedSolutionsChecks(app));
  const stage = stageNamed(app.node.tryGetContext('stage'));
  addStacks(app, stage, loadContracts(join(projectRoot, 'contracts')));
}

try {
  main();
} catch (error) {
  if (!(error instanceof UnknownStage || error instanceof ContractError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
