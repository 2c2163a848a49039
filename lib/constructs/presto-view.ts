import { Aws } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { prestoViewText, type View } from '../../contracts/views';

export interface PrestoViewProps {
  readonly view: View;
}

/** A view as Athena itself would have created it: an entry of the Glue catalog whose text holds the SQL in base64. */
export class PrestoView extends Construct {
  readonly resource: CfnTable;

  constructor(scope: Construct, id: string, { view }: PrestoViewProps) {
    super(scope, id);
    this.resource = new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: view.database,
      tableInput: {
        name: view.name,
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        viewOriginalText: prestoViewText(view),
        viewExpandedText: '/* Presto View */',
        partitionKeys: [],
        storageDescriptor: {
          columns: view.columns.map(({ name, type }) => ({ name, type })),
          location: '',
          serdeInfo: {},
        },
      },
    });
  }
}
