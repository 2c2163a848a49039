// Runs pytest in the project's own Python: `node local/pytest.js [ARGUMENTS…]`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const python = join(project, '.assay', 'venv', 'bin', 'python');
const reports = process.env.TEST_REPORTS;
const report = reports === undefined ? [] : [`--junit-xml=${join(reports, 'pytest.xml')}`];
const pytest = spawn(python, ['-m', 'pytest', ...report, ...process.argv.slice(2)], { cwd: project, stdio: 'inherit' });
pytest.on('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
