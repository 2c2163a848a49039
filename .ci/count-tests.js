// Prints `passed failed` over the JUnit reports of a folder: what vitest and pytest wrote there; names what failed on stderr.
// A skipped test counts as failed: what a test needs and does not find is a failure here, never a skip.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split(/<testcase\b/)
      .slice(1),
  );
const failed = cases.filter((report) => /<(failure|error|skipped)\b/.test(report));
for (const report of failed) console.error(`failed: ${/\bname="([^"]*)"/.exec(report)?.[1] ?? 'a test without a name'}`);
console.log(`${cases.length - failed.length} ${failed.length}`);
