// Runs pytest in the project's own Python: `node local/pytest.js [ARGUMENTS…]`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const python = join(project, '.assay', 'venv', 'bin', 'python');
const reports = process.env.TEST_REPORTS;
const report = reports === undefined ? [] : [`--junit-xml=${join(reports, 'pytest.xml')}`];
// Two at a time, each with a Spark of its own, which mostly keeps one core busy: planning.
const words = ['-m', 'pytest', '-n', '2', '--dist', 'loadfile', ...report, ...process.argv.slice(2)];
const pytest = spawn(python, words, { cwd: project, stdio: 'inherit' });
pytest.on('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
