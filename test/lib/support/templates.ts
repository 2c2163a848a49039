import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { loadContracts } from '../../../contracts/catalog';
import type { Contract } from '../../../contracts/contract';
import { addStacks, type StageStacks } from '../../../lib/assay-stage';
import { projectRoot } from '../../../lib/project-root';
import { type Stage, type StageName, stages } from '../../../lib/stages';

export const stageNames = Object.keys(stages) as StageName[];
export const stackNames = ['network', 'lake', 'database', 'warehouse', 'snowflake', 'pipelines'] as const;
export type StackName = (typeof stackNames)[number];

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

export interface TemplateJson {
  readonly Parameters?: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { Value: unknown }>;
  readonly Transform?: unknown;
}

const CONTRACTS = join(projectRoot, 'contracts');
const apps = new Map<StageName, AppOfStage>();

interface AppOfStage {
  readonly app: App;
  readonly stacks: StageStacks;
}

export function appOf(name: StageName): AppOfStage {
  const app = apps.get(name) ?? buildApp(stages[name]);
  apps.set(name, app);
  return app;
}

/**
 * The app of a stage, also of one that does not exist or with other contracts, with the flags of cdk.json as the command line
 * gives them.
 */
export function buildApp(stage: Stage, contracts: readonly Contract[] = loadContracts(CONTRACTS)): AppOfStage {
  const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')) as { context: object };
  const app = new App({ context: { ...context, 'aws:cdk:disable-asset-staging': true } });
  return { app, stacks: addStacks(app, stage, contracts) };
}

export function templateOf(stage: StageName, stack: StackName): Template {
  return Template.fromStack(appOf(stage).stacks[stack]);
}

export function jsonOf(stage: StageName, stack: StackName): TemplateJson {
  return templateOf(stage, stack).toJSON() as TemplateJson;
}

/** All resources of a stage of some type, by stack and logical id. */
export function resourcesOf(stage: StageName, type: string): Record<string, Resource> {
  return Object.fromEntries(
    stackNames.flatMap((stack) =>
      Object.entries(jsonOf(stage, stack).Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => [`${stack}/${id}`, resource]),
    ),
  );
}

/** The template without what a change of a Lambda, a script or a contract changes: hashes of assets, texts made of contracts. */
export function withoutContents(template: unknown): unknown {
  const text = JSON.stringify(template, null, 2)
    .replace(/[0-9a-f]{64}/g, '<hash>')
    .replace(/"bundle": "[0-9a-f]+"/g, '"bundle": "<hash>"')
    .replace(/Presto View: [A-Za-z0-9+/=]+/g, 'Presto View: <base64>')
    .replace(/"Ruleset": "Rules = .*"/g, '"Ruleset": "<dqdl>"')
    .replace(/\\"columns\\":\[.*?\],\\"csv\\":\{[^{}]*\}/g, '\\"columns and csv of the contract\\":{}');
  return JSON.parse(text);
}

export function snapshotOf(stack: StackName): string {
  return `${JSON.stringify(withoutContents(jsonOf('prod', stack)), null, 2)}\n`;
}
