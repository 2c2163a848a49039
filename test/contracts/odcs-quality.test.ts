import { describe, expect, it } from 'vitest';
import { parseContract } from '../../contracts/contract';
import { changed, expectRefused } from './purchases';

const RULE = 'name: amount_and_quantity_agree';
const THRESHOLDS = `  - property: thresholds
    value:
      completeness: 0.95
      validity: 0.97
      accuracy: 0.98
      consistency: 0.99
`;
const withReferences = (references: string) =>
  changed('name: customer_id', `name: customer_id\n        relationships: ${references}`);

describe('business rules', () => {
  it('are conditions with the names that refused rows get as reasons', () => {
    const second = `name: bought_once
        type: custom
        engine: assay
        dimension: accuracy
        severity: high
        implementation: quantity < 100
      - ${RULE}`;
    expect(
      parseContract(
        changed(
          'type: custom\n        engine: assay\n        ' + RULE,
          `${second}
        type: custom
        engine: assay`,
        ),
        'x',
      ).businessRules,
    ).toEqual([
      { name: 'bought_once', expression: 'quantity < 100' },
      { name: 'amount_and_quantity_agree', expression: 'sign(quantity) * sign(amount_aud) >= 0' },
    ]);
  });
});

describe('references', () => {
  it('name the dataset and the column whose keys a column has', () => {
    const text = withReferences('[{ to: customers.customer_id, type: foreignKey }]');
    expect(parseContract(text, 'x').references).toEqual([{ column: 'customer_id', dataset: 'customers', key: 'customer_id' }]);
  });
});

describe('thresholds', () => {
  const thresholdsOf = (text: string) => parseContract(text, 'x').thresholds;

  it('are those of the standing agreement where the contract is silent', () => {
    const agreed = { completeness: '0.95', validity: '0.97', accuracy: '0.98', consistency: '0.99' };
    expect(thresholdsOf(changed(THRESHOLDS, ''))).toEqual(agreed);
    const one = changed(THRESHOLDS, '  - property: thresholds\n    value: { validity: 0.5 }\n');
    expect(thresholdsOf(one)).toEqual({ ...agreed, validity: '0.5' });
  });

  it('are the text of the contract, exact, and may be 0 and 1', () => {
    const text = changed('completeness: 0.95', 'completeness: 0', changed('validity: 0.97', 'validity: 1'));
    expect(thresholdsOf(changed('accuracy: 0.98', 'accuracy: 0.123456789012345', text))).toEqual({
      completeness: '0',
      validity: '1',
      accuracy: '0.123456789012345',
      consistency: '0.99',
    });
  });
});

/** What is changed in the contract, where the message must point, and what it must say. */
const FAULTS: readonly (readonly [title: string, text: string, at: string, message: string])[] = [
  [
    'a rule of another engine',
    changed('engine: assay', 'engine: soda'),
    'soda',
    'schema[0].quality[0].engine is "soda"; expected "assay"; correct it',
  ],
  [
    'a rule of another kind',
    changed('- type: custom', '- type: sql'),
    'sql',
    'schema[0].quality[0].type is "sql"; expected "custom"; correct it',
  ],
  [
    'a rule of another dimension',
    changed('dimension: accuracy', 'dimension: timeliness'),
    'timeliness',
    'schema[0].quality[0].dimension is "timeliness"; expected "accuracy"; correct it',
  ],
  [
    'a rule whose name is no reason',
    changed(RULE, 'name: Amount agrees'),
    'Amount agrees',
    'schema[0].quality[0].name is "Amount agrees"; expected a name in snake_case, which is the reason that a refused row gets',
  ],
  [
    'a rule without its condition',
    changed('        implementation: sign(quantity) * sign(amount_aud) >= 0\n', ''),
    'type: custom',
    'schema[0].quality[0].implementation is missing; expected a string; correct it',
  ],
  [
    'a rule with an empty condition',
    changed('implementation: sign(quantity) * sign(amount_aud) >= 0', "implementation: ''"),
    "''",
    'schema[0].quality[0].implementation is ""; expected at least 1; correct it',
  ],
  [
    'a limit on a rule, which nothing acts on',
    changed(RULE, `${RULE}\n        mustBeLessThan: 5`),
    'mustBeLessThan',
    'schema[0].quality[0].mustBeLessThan is not known here; expected one of ',
  ],
  [
    'a rule twice',
    changed(
      '    properties:\n      - name: purchase_id',
      `      - { type: custom, engine: assay, name: amount_and_quantity_agree, dimension: accuracy, implementation: 'true' }
    properties:\n      - name: purchase_id`,
    ),
    'amount_and_quantity_agree, dimension',
    'schema[0].quality[1].name is "amount_and_quantity_agree"; expected each rule once',
  ],
  [
    'a rule of a model',
    changed(
      '    properties:\n      - name: customer_id',
      `    quality:
      - { type: custom, engine: assay, name: of_a_model, dimension: accuracy, implementation: 'true' }
    properties:\n      - name: customer_id`,
    ),
    '- { type: custom',
    'expected none: only the rows of purchases are checked; remove it',
  ],
  [
    'a reference without a column',
    withReferences('[{ to: customers }]'),
    'customers }',
    'schema[0].properties[1].relationships[0].to is "customers"; expected dataset.column; correct it',
  ],
  [
    'two references',
    withReferences('[{ to: a.b }, { to: c.d }]'),
    '[{ to',
    'schema[0].properties[1].relationships is [{"to":"a.b"},{"to":"c.d"}]; expected one reference; correct it',
  ],
  [
    'a reference of a model',
    changed('name: full_name', 'name: full_name\n        relationships: [{ to: a.b }]'),
    '[{ to',
    'schema[1].properties[1].relationships is [{"to":"a.b"}]; expected none: only the columns of purchases are checked',
  ],
  [
    'a threshold above 1',
    changed('validity: 0.97', 'validity: 97'),
    '97\n',
    'customProperties[2].value.validity is 97; expected at most 1; correct it',
  ],
  [
    'a threshold below 0',
    changed('validity: 0.97', 'validity: -0.1'),
    '-0.1',
    'customProperties[2].value.validity is -0.1; expected at least 0; correct it',
  ],
  [
    'a threshold as text',
    changed('validity: 0.97', "validity: '97 %'"),
    "'97 %'",
    'customProperties[2].value.validity is "97 %"; expected a number; correct it',
  ],
  [
    'a threshold that nobody knows',
    changed('validity: 0.97', 'validty: 0.97'),
    'validty',
    'customProperties[2].value.validty is not known here; expected one of accuracy, completeness, consistency, validity',
  ],
  [
    'thresholds twice',
    changed(THRESHOLDS, `${THRESHOLDS}  - property: thresholds\n    value: {}\n`),
    'thresholds\n    value: {}',
    'customProperties[3].property is "thresholds"; expected it once',
  ],
];

describe('what a contract says of quality', () => {
  it.each(FAULTS)('names the place of %s', (_title, text, at, message) => {
    expectRefused(text, at, message);
  });
});
