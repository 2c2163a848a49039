import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../local/folders';
import { deploymentPrint } from '../../local/sources';

const folder = join(projectFolder, 'sql', 'print-of-a-test');

describe('the fingerprint of a deployment', () => {
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('changes with the sources and with the parameters, and with nothing else', () => {
    const print = deploymentPrint({ port: '1' });
    expect(deploymentPrint({ port: '1' })).toBe(print);
    expect(deploymentPrint({ port: '2' })).not.toBe(print);
    mkdirSync(join(folder, '__pycache__'), { recursive: true });
    writeFileSync(join(folder, '__pycache__', 'x.pyc'), 'cache');
    expect(deploymentPrint({ port: '1' })).toBe(print);
    writeFileSync(join(folder, 'x.sql'), 'select 1');
    expect(deploymentPrint({ port: '1' })).not.toBe(print);
  });
});
