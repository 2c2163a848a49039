import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EmptyFile } from '../../../contracts/errors';
import { nameFailure } from '../../../lambdas/failure/name-failure';

const aws = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('…'), { name, $fault: 'client', $metadata: { httpStatusCode } });

describe('nameFailure', () => {
  test('leaves an error of ours as it is', () => {
    const error = new EmptyFile('a.csv is empty');
    expect(nameFailure(error)).toBe(error);
  });

  test.each([
    aws('ThrottlingException', 400),
    aws('ProvisionedThroughputExceededException', 400),
    aws('TooManyRequestsException', 429),
    aws('SlowDown', 503),
    aws('InternalError', 500),
    aws('ServiceUnavailable', 503),
    Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
    Object.assign(new Error('…'), { name: 'TimeoutError' }),
  ])('%s passes, and is tried again', (error) => {
    expect(nameFailure(error)).toMatchObject({ name: 'AwsUnavailable', kind: 'transient' });
  });

  test.each([aws('AccessDenied', 403), aws('NoSuchBucket', 404), aws('ValidationException', 400), new TypeError('…')])(
    '%s stays what it is, and is not tried again',
    (error) => {
      expect(nameFailure(error).name).toBe(error.name);
      expect(nameFailure(error)).not.toHaveProperty('kind', 'transient');
    },
  );

  test('a malformed input is said in words, with the path', () => {
    const { error } = z.object({ run: z.object({ key: z.string() }) }).safeParse({ run: {} });
    expect(nameFailure(error).message).toContain('run.key');
  });

  test('shows no e-mail address, and takes what is no error', () => {
    expect(nameFailure(new Error('no user ann@example.org')).message).toBe('no user ***@***');
    expect(nameFailure('thrown ann@example.org').message).toBe('thrown ***@***');
  });
});
