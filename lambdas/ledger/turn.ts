import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { TurnTaken } from '../../contracts/errors';
import { ledger, ledgerTable } from './table';
import { update, type Change } from './update';

/** Longer than whoever has the turn may take; then it is anybody's, since its holder has died. */
const LEASE_SECONDS = 45 * 60;

const TurnItem = z.object({ holder: z.string().optional(), beganAt: z.string(), doneFor: z.string().optional() });

/**
 * Takes the turn to do what is done one at a time. False: what was done since `since` has seen all that the holder wants
 * seen, so there is nothing left to do. Times are ISO in UTC. Raises TurnTaken while somebody else has it.
 */
export async function takeTurn(turn: string, holder: string, since: string): Promise<boolean> {
  const now = new Date();
  const isTaken = await change(turn, {
    UpdateExpression: 'set holder = :me, beganAt = :now, leaseUntil = :lease',
    ConditionExpression:
      '(attribute_not_exists(holder) or holder = :me or leaseUntil < :seconds) and (attribute_not_exists(doneFor) or doneFor <= :since)',
    ExpressionAttributeValues: {
      ':me': holder,
      ':now': now.toISOString(),
      ':seconds': Math.floor(now.getTime() / 1000),
      ':lease': Math.floor(now.getTime() / 1000) + LEASE_SECONDS,
      ':since': since,
    },
  });
  if (isTaken) return true;
  const { doneFor = '', holder: other, beganAt } = await read(turn);
  if (doneFor > since) return false;
  throw new TurnTaken(`${other ?? 'somebody'} has been at it since ${beganAt}`);
}

/** Gives the turn back. Done: what was there when the holder took it has been seen. Somebody else's turn stays theirs. */
export async function endTurn(turn: string, holder: string, isDone: boolean): Promise<void> {
  await change(turn, {
    UpdateExpression: isDone ? 'set doneFor = beganAt remove holder, leaseUntil' : 'remove holder, leaseUntil',
    ConditionExpression: 'holder = :me',
    ExpressionAttributeValues: { ':me': holder },
  });
}

/** False when the condition does not hold. */
async function change(turn: string, made: Change): Promise<boolean> {
  return (await update(keyOf(turn).id, made)) !== undefined;
}

async function read(turn: string): Promise<z.infer<typeof TurnItem>> {
  const { Item } = await ledger.send(new GetCommand({ TableName: ledgerTable(), Key: keyOf(turn), ConsistentRead: true }));
  return TurnItem.parse(Item);
}

function keyOf(turn: string): { readonly id: string } {
  return { id: `turn#${turn}` };
}
