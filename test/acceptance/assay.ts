import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does, against the laptop that this suite has for itself. */
export function assay(laptop: string, ...words: string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...words], {
      env: { ...process.env, ASSAY_LAPTOP: laptop },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    // A chunk may end in the middle of a character.
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The one JSON document that `--json` prints. Throws with everything printed when the command did not end as expected. */
export async function assayJson<Document>(laptop: string, words: string[], code = 0): Promise<Document> {
  const finished = await assay(laptop, ...words, '--json');
  if (finished.code !== code) {
    throw new Error(
      `assay ${words.join(' ')} ended with ${finished.code}, not ${code}:\n${finished.stdout}\n${finished.stderr}`,
    );
  }
  return JSON.parse(finished.stdout) as Document;
}

export interface Table {
  readonly columns: string[];
  readonly rows: unknown[][];
}

export interface RunSummary {
  readonly id: string;
  readonly dataset: string | null;
  readonly file: string;
  readonly version: string;
  readonly status: string;
  readonly rows: { read: number; published: number; quarantined: number; deduplicated: number } | null;
  readonly error: { name: string; cause: string } | null;
}

export interface JudgedRun {
  readonly file: string;
  readonly scores: Readonly<Record<string, { readonly passed: number; readonly total: number }>>;
}
