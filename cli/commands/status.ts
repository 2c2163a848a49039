import { Command } from 'commander';
import { status as laptopStatus } from '../../local/laptop';
import { connect } from '../aws/connect';
import { laptopState, stateText, type StageState } from '../laptop/state';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption, LOCAL, stageOption, type StageOptions } from '../stage';

interface StatusOptions extends StageOptions {
  readonly json: boolean;
}

export function statusCommand(session: Session): Command {
  return new Command('status')
    .description('what runs, where it listens, what is deployed, where the logs are')
    .addOption(jsonOption())
    .addOption(stageOption())
    .action((options: StatusOptions) => status(session, options));
}

async function status({ output }: Session, { stage, json }: StatusOptions): Promise<void> {
  const state = await stateOf(stage);
  print(output, json, state, () => stateText(state));
}

/** A laptop that does not run is a state like any other, not an error. */
async function stateOf(stage: string): Promise<StageState> {
  const laptop = stage === LOCAL ? await laptopStatus() : undefined;
  if (stage === LOCAL && laptop === undefined) return { stage, running: false, laptop: null, stacks: [] };
  const stacks = await (await connect(stage)).stacks();
  return { stage, running: true, laptop: laptop ? laptopState(laptop) : null, stacks };
}
