import { expect, it } from 'vitest';
import { resourcesOf } from '../support/templates';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

it.each(['ValidateFile', 'reportfailure', 'reportsuccess', 'GoldToRds'])('%s writes lineage and no other object', (role) => {
  const policies = Object.entries(resourcesOf('prod', 'AWS::IAM::Policy'));
  const [, policy] = policies.find(([id]) => id.includes(`${role}RoleDefaultPolicy`)) ?? [];
  const { Statement: statements } = policy?.Properties?.['PolicyDocument'] as { Statement: Statement[] };
  const writing = statements.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
  expect(writing.map(({ Resource }) => JSON.stringify(Resource))).toEqual([
    expect.stringMatching(/SilverBucket.*"\/_lineage\/\*"/),
  ]);
});
