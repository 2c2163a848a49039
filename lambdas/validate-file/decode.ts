import { isUtf8 } from 'node:buffer';
import { BadEncoding } from '../../contracts/errors';
import type { Sample } from './sample';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const OTHER_BOMS: readonly (readonly [name: string, bom: Buffer])[] = [
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  ['UTF-32', Buffer.from([0xff, 0xfe, 0x00, 0x00])],
  ['UTF-32', Buffer.from([0x00, 0x00, 0xfe, 0xff])],
  ['UTF-16', Buffer.from([0xff, 0xfe])],
  ['UTF-16', Buffer.from([0xfe, 0xff])],
];
const ADVICE = 'save the file as UTF-8 and upload it again';
/** In text of one byte a character there is no NUL; in UTF-16 Western text every second byte is one. */
const NUL_SHARE = 0.3;
const NUL_WINDOW = 1024;

/** The sample as text, without a byte order mark. Raises BadEncoding with the place of the first byte that is not UTF-8. */
export function decode(sample: Sample): string {
  refuseWideEncodings(sample);
  const { fileName, bytes, isWhole } = sample;
  const offset = firstInvalidByte(bytes, isWhole);
  if (offset !== undefined) {
    const line = 1 + countNewlines(bytes.subarray(0, offset));
    const found = bytes.readUInt8(offset).toString(16).padStart(2, '0');
    throw new BadEncoding(
      `${fileName} line ${line}: byte ${offset} of the file is 0x${found}, which is not UTF-8 ` +
        `(Latin-1 or Windows-1252?); ${ADVICE}`,
    );
  }
  const start = bytes.subarray(0, 3).equals(UTF8_BOM) ? 3 : 0;
  return bytes.subarray(start).toString('utf8');
}

function refuseWideEncodings({ fileName, bytes }: Sample): void {
  const marked = OTHER_BOMS.find(([, bom]) => bytes.subarray(0, bom.length).equals(bom));
  if (marked) {
    const mark = marked[1].toString('hex').replace(/(..)(?=.)/g, '$1 ');
    throw new BadEncoding(`${fileName} is ${marked[0]} (byte order mark ${mark}), expected UTF-8; ${ADVICE}`);
  }
  const window = bytes.subarray(0, NUL_WINDOW);
  const nuls = window.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nuls > NUL_SHARE * window.length)
    throw new BadEncoding(
      `${fileName}: ${nuls} of its first ${window.length} bytes are NUL, as in UTF-16 or binary data, expected UTF-8; ${ADVICE}`,
    );
}

/** The offset of the first byte that begins no UTF-8 character; a character may be cut off at the end of a part. */
export function firstInvalidByte(bytes: Buffer, isWhole: boolean): number | undefined {
  if (isUtf8(bytes)) return undefined;
  for (let offset = 0; offset < bytes.length;) {
    const length = sequenceLength(bytes.readUInt8(offset));
    const isCutOff = offset + length > bytes.length && !isWhole;
    if (isCutOff) return undefined;
    if (length === 0 || !isUtf8(bytes.subarray(offset, offset + length))) return offset;
    offset += length;
  }
  return undefined;
}

/** How many bytes a character has that begins with this one; 0: none does. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  return byte < 0xf5 ? 4 : 0;
}

function countNewlines(bytes: Buffer): number {
  return bytes.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
}
