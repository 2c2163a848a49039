import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../../../lambdas/warehouse/dependency-order';
import { MODELS, type Model } from '../../../lambdas/warehouse/models';

const model = (name: string, sql: string, schema: Model['schema'] = 'core'): Model => ({ schema, name, sql });
const namesOf = (models: readonly Model[]) => dependencyOrder(models).map(({ name }) => name);

describe('the order of models', () => {
  it('puts each after what it reads: a table, or what changed of it', () => {
    const models = [
      model('c', 'select * from core.b'),
      model('b', 'select * from a_removed union select * from core.b'),
      model('a', 'select * from staging.a'),
      model('d', 'select * from c_added', 'marts'),
    ];
    expect(namesOf(models)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is that of the names otherwise, whatever the list says', () => {
    expect(namesOf([model('z', ''), model('a', '')])).toEqual(['a', 'z']);
  });

  it('takes no word of a comment and no part of a name for a table', () => {
    const models = [model('b', ''), model('a', '-- as core.b\nselect * from core.b_2, marts.b, xcore.b, no_b_added')];
    expect(namesOf(models)).toEqual(['a', 'b']);
  });

  it('is none where models read each other', () => {
    const models = [model('a', 'from core.b'), model('b', 'from a_added'), model('c', '')];
    expect(() => dependencyOrder(models)).toThrow('models read each other in a circle: a, b');
  });

  it('of ours puts dimensions before facts and facts before marts', () => {
    const kinds = namesOf(MODELS).map((name) => ['dim', 'fact'].indexOf(name.split('_')[0] ?? '') % 3);
    expect(kinds.filter((kind) => kind >= 0)).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });
});
