import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { ExtractManifest } from '../../contracts/extract';
import { ledger, ledgerTable } from '../ledger/table';
import { update } from '../ledger/update';

const WatermarkItem = z.object({ watermark: z.iso.datetime() });

/** Up to when the changes of a source are known; undefined before its first complete extract. ISO in UTC. */
export async function readWatermark(source: string): Promise<string | undefined> {
  const { Item } = await ledger.send(new GetCommand({ TableName: ledgerTable(), Key: keyOf(source), ConsistentRead: true }));
  return Item && WatermarkItem.parse(Item).watermark;
}

/**
 * Moves a source's watermark to where a complete extract ends. Not back; and not where the extract began after the watermark, for
 * nobody has asked for what was changed in between.
 */
export async function moveWatermark({ source, extractId, from, to }: ExtractManifest): Promise<void> {
  if (to === null) return;
  const unknown = 'attribute_not_exists(watermark)';
  await update(keyOf(source).id, {
    UpdateExpression: 'set watermark = :to, movedBy = :by, movedAt = :now',
    ConditionExpression: from === null ? `${unknown} or watermark < :to` : 'watermark >= :from and watermark < :to',
    ExpressionAttributeValues: {
      ':to': to,
      ':by': extractId,
      ':now': new Date().toISOString(),
      ...(from !== null && { ':from': from }),
    },
  });
}

function keyOf(source: string): { readonly id: string } {
  return { id: `watermark#${source}` };
}
