// Prints `passed failed` over the JUnit reports of a folder: what vitest and pytest wrote there.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
let tests = 0;
let failed = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.xml'))) {
  const report = readFileSync(join(folder, name), 'utf8');
  tests += (report.match(/<testcase\b/g) ?? []).length;
  failed += (report.match(/<(failure|error)\b/g) ?? []).length;
}
console.log(`${tests - failed} ${failed}`);
