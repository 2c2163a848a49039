/** Beside the files: what they are, and where their defects are. */
export const MANIFEST = 'manifest.json';
export const TRUTH = 'truth.jsonl';
