import { Option } from 'commander';

/** The stage on this machine. */
export const LOCAL = 'local';

/** The app's stages; a test holds them against `lib/stages.ts`. */
export const STAGES = [LOCAL, 'dev', 'staging', 'prod'];

export interface StageOptions {
  readonly stage: string;
}

export function stageOption(): Option {
  return new Option('--stage <name>', 'the laptop, or a stage in the AWS account of your credentials')
    .choices(STAGES)
    .default(LOCAL);
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document').default(false);
}
