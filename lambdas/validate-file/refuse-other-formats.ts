import { NotCsv } from '../../contracts/errors';
import type { Sample } from './sample';

interface Format {
  readonly name: string;
  readonly start: RegExp;
}

/** What a file that is called .csv may be in truth, by its first bytes (here as Latin-1, so that a byte is a character). */
const FORMATS: readonly Format[] = [
  { name: 'an Excel workbook (.xlsx)', start: /^PK\x03\x04[^]*(\[Content_Types\]\.xml|xl\/)/ },
  { name: 'a ZIP archive', start: /^PK(\x03\x04|\x05\x06)/ },
  { name: 'an old Excel workbook (.xls)', start: /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/ },
  { name: 'a PDF document', start: /^%PDF-/ },
  { name: 'a Parquet file', start: /^PAR1/ },
  { name: 'a gzip archive', start: /^\x1f\x8b/ },
  { name: 'a bzip2 archive', start: /^BZh[1-9]/ },
  { name: 'a Zstandard archive', start: /^\x28\xb5\x2f\xfd/ },
  { name: 'an Avro file', start: /^Obj\x01/ },
  { name: 'an HTML page', start: /^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body|table)/i },
  { name: 'an XML document', start: /^(\xef\xbb\xbf)?\s*<\?xml/i },
  { name: 'a JSON document', start: /^(\xef\xbb\xbf)?\s*(\[\s*[[{]|\{\s*["}])/ },
];

/** Raises NotCsv when the file is plainly something else. */
export function refuseOtherFormats({ fileName, bytes }: Sample): void {
  const beginning = bytes.toString('latin1');
  const format = FORMATS.find(({ start }) => start.test(beginning));
  if (format === undefined) return;
  const found = bytes.subarray(0, 4).toString('hex').replace(/(..)(?=.)/g, '$1 ');
  throw new NotCsv(
    `${fileName} is ${format.name} (its first bytes are ${found}), expected CSV text in UTF-8; ` +
      'export it as CSV and upload it again',
  );
}
