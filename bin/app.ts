import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { loadContracts } from '../contracts/catalog';
import { ExplainedSolutionsChecks } from '../lib/acknowledgements';
import { addStacks } from '../lib/assay-stage';
import { projectRoot } from '../lib/project-root';
import { stageNamed } from '../lib/stages';

const app = new App();
Validations.of(app).addPlugins(new ExplainedSolutionsChecks(app));
addStacks(app, stageNamed(app.node.tryGetContext('stage')), loadContracts(join(projectRoot, 'contracts')));
