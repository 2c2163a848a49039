import { Command } from 'commander';
import { connect } from '../aws/connect';
import { laptopState, stateText } from '../laptop/state';
import { startLaptop } from '../laptop/start';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption } from '../stage';

export function upCommand(session: Session): Command {
  return new Command('up')
    .description('start the laptop and deploy the local stage to it')
    .addOption(jsonOption())
    .addHelpText('after', '\nDone again it deploys what has changed. The laptop runs until `npx assay down`.')
    .action(({ json }: { json: boolean }) => up(session, json));
}

async function up(session: Session, json: boolean): Promise<void> {
  const laptop = laptopState(await startLaptop(session));
  const account = await connect('local');
  const state = { stage: 'local', running: true, laptop, stacks: await account.stacks() };
  print(session.output, json, state, () => stateText(state));
}
