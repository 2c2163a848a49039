import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../../lambdas/failure/mask';

describe('mask', () => {
  test.each([
    ['mail to ann@example.org failed', 'mail to ***@*** failed'],
    ['Key (email, name)=(a@b.cd, Ann) already exists.', 'Key (email, name)=(***) already exists.'],
    ['Failing row contains (1, Ann, null', 'Failing row contains (***)'],
    ['For input string: "Ann"', 'For input string: ***'],
    ['invalid input syntax for type numeric: "12,5"', 'invalid input syntax for type numeric: ***'],
    ['line 3, column "quantity": not an integer; expected 1', 'line 3, column "quantity": not an integer; expected 1'],
    ['s3://inbox/customer_purchases_20250102.csv', 's3://inbox/customer_purchases_20250102.csv'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  test('leaves no e-mail address, wherever it stands', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), fc.constantFrom('', ' ', '(', '"', '<', ','), (address, before) => {
        expect(mask(`a${before} ${before}${address}${before} b`)).not.toContain(address.split('@')[1]);
      }),
    );
  });
});
