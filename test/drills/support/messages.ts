import { Mailbox } from '../../acceptance/alerts';
import type { DrillLaptop } from './laptop';

const TOPICS = ['FailureTopicArn', 'SuccessTopicArn', 'AlarmTopicArn', 'JobTopicArn'];

/** Mailboxes that hear everything from the beginning and that no drill empties. The second call has the same ones. */
async function mailboxes({ account }: DrillLaptop): Promise<Mailbox[]> {
  const subscriptions = TOPICS.map(async (name) =>
    Mailbox.subscribedTo(await account.output('pipelines', name), account.settings.endpoint ?? '', `all-${name}`),
  );
  return Promise.all(subscriptions);
}

/** Call it before the first drill. */
export async function listenToAll(laptop: DrillLaptop): Promise<void> {
  await mailboxes(laptop);
}

/** All that was said since. */
export async function allMessages(laptop: DrillLaptop): Promise<string[]> {
  return (await Promise.all((await mailboxes(laptop)).map((mailbox) => mailbox.empty()))).flat();
}
