import { NotCsv, NotJsonLines, NotParquet } from '../../contracts/errors';
import type { FileFormat } from '../../contracts/file-format';
import type { Sample } from './sample';

interface Format {
  readonly name: string;
  /** The first bytes, in hexadecimal. */
  readonly bytes?: string;
  /** How the text begins, after a byte order mark. */
  readonly text?: RegExp;
  /** What we take it for, where it may be what was agreed. */
  readonly is?: FileFormat;
}

const EXPECTED = {
  csv: { error: NotCsv, words: 'CSV text in UTF-8', advice: 'export it as CSV' },
  jsonl: { error: NotJsonLines, words: 'JSON lines in UTF-8, an object a line', advice: 'export it as JSON lines' },
  parquet: { error: NotParquet, words: 'Parquet', advice: 'export it as Parquet' },
} as const;

/** What a file may be in truth, whatever its name says. */
const FORMATS: readonly Format[] = [
  { name: 'an Excel workbook (.xlsx)', bytes: '504b0304', text: /\[Content_Types\]\.xml|xl\// },
  { name: 'a ZIP archive', bytes: '504b0304' },
  { name: 'an empty ZIP archive', bytes: '504b0506' },
  { name: 'an old Excel workbook (.xls)', bytes: 'd0cf11e0a1b11ae1' },
  { name: 'a PDF document', text: /^%PDF-/ },
  { name: 'a Parquet file', text: /^PAR1/, is: 'parquet' },
  { name: 'a gzip archive', bytes: '1f8b' },
  { name: 'a bzip2 archive', text: /^BZh[1-9]/ },
  { name: 'a Zstandard archive', bytes: '28b52ffd' },
  { name: 'an Avro file', bytes: '4f626a01' },
  { name: 'an HTML page', text: /^\s*<(!doctype|html|head|body|table)/i },
  { name: 'an XML document', text: /^\s*<\?xml/i },
  { name: 'a JSON array', text: /^\s*\[\s*[[{]/ },
  { name: 'a JSON document', text: /^\s*\{\s*["}]/, is: 'jsonl' },
];

/** Raises NotCsv, NotJsonLines or NotParquet when the file is plainly something else. */
export function refuseOtherFormats({ fileName, bytes }: Sample, agreed: FileFormat): void {
  const hexadecimal = bytes.subarray(0, 16).toString('hex');
  const beginning = bytes.toString('utf8').replace(/^\ufeff/, '');
  const format = FORMATS.find(({ bytes: start = '', text = /^/ }) => hexadecimal.startsWith(start) && text.test(beginning));
  if (format === undefined || format.is === agreed) return;
  const found = bytes
    .subarray(0, 4)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ');
  const { error: WrongFormat, words, advice } = EXPECTED[agreed];
  throw new WrongFormat(
    `${fileName} is ${format.name} (its first bytes are ${found}), expected ${words}; ${advice} and upload it again`,
  );
}
