import { bytes, count } from '../../output/quantities';
import { table } from '../../output/table';
import type { GeneratedFile, Manifest } from './manifest';

/** What was generated, for people. */
export function writtenText({ files }: Manifest, folder: string): string {
  const datasets = [...new Set(files.map(({ dataset }) => dataset))];
  const rows = datasets.map((dataset) =>
    summary(
      dataset,
      files.filter((file) => file.dataset === dataset),
    ),
  );
  const columns = ['dataset', 'files', 'rows', 'late', 'corrections', 'defects', 'size'];
  return `${table(columns, rows)}\n\nwritten to ${folder}; manifest.json says what Assay must find in each file, truth.jsonl where the defects are`;
}

function summary(dataset: string, files: readonly GeneratedFile[]): string[] {
  const sum = (number: (file: GeneratedFile) => number): number => files.reduce((all, file) => all + number(file), 0);
  const counts = [
    (file: GeneratedFile) => file.rows,
    (file: GeneratedFile) => file.late,
    (file: GeneratedFile) => file.corrections,
    (file: GeneratedFile) => Object.values(file.defects).reduce((all, each) => all + each, 0),
  ];
  return [dataset, String(files.length), ...counts.map((each) => count(sum(each))), bytes(sum((file) => file.bytes))];
}
