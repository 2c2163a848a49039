import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../aws/account';
import { FileItem } from './file-item';

/** The ledger of a stage, read only. */
export class Ledger {
  private constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  static async of(account: Account): Promise<Ledger> {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(account.settings));
    return new Ledger(client, await account.output('lake', 'LedgerTableName'));
  }

  async get(id: string): Promise<FileItem | undefined> {
    const { Item: item } = await this.client.send(new GetCommand({ TableName: this.table, Key: { id }, ConsistentRead: true }));
    return item && FileItem.parse(item);
  }

  /** The files of some datasets, newest first. */
  async list(datasets: readonly string[]): Promise<FileItem[]> {
    const lists = await Promise.all(datasets.map((dataset) => this.listDataset(dataset)));
    return lists.flat().sort((one, other) => other.startedAt.localeCompare(one.startedAt));
  }

  private async listDataset(dataset: string): Promise<FileItem[]> {
    const pages = paginateQuery(
      { client: this.client },
      {
        TableName: this.table,
        IndexName: 'by-dataset',
        KeyConditionExpression: 'dataset = :dataset',
        ExpressionAttributeValues: { ':dataset': dataset },
        ScanIndexForward: false,
      },
    );
    const items: FileItem[] = [];
    for await (const { Items: page = [] } of pages) items.push(...page.map((item) => FileItem.parse(item)));
    return items;
  }
}
