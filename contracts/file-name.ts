import { dateSource, escapeText, readDate } from './calendar-date';
import { AmbiguousFileName, UnknownFileName, UnsafeKey, type TerminalError } from './errors';
import { FILE_FORMATS, type FileFormat } from './file-format';

/** The names that a dataset's files have. */
export interface FileNames {
  /**
   * With `{date}` where the batch date stands, `{suffix}` where a name of the sender's own may follow, and `{format}` where
   * each of the formats may: `sales_{date}{suffix}.csv`.
   */
  readonly filePattern: string;
  /** How the date is written: YYYY, MM and DD once each, with what stands between them; absent without `{date}`. */
  readonly dateFormat?: string | undefined;
}

/** What receiving a file needs to know of a contract. */
export interface Route extends FileNames {
  readonly dataset: string;
}

/** `ingestionDate` is undefined where the pattern has no date: the file's own date serves then. */
interface Match {
  readonly kind: 'match';
  readonly dataset: string;
  readonly ingestionDate: string | undefined;
  readonly format: FileFormat;
}

export type FileMatch = Match | { readonly kind: 'unmatched'; readonly error: TerminalError; readonly reason: string };

const DATE = '{date}';
const SUFFIX = '{suffix}';
const FORMAT = '{format}';
/** An underscore and a name; not a second date, which would leave open what the first one is. */
const SUFFIX_SOURCE = '(?:_(?![0-9]{6,})[A-Za-z0-9][A-Za-z0-9-]{0,39})?';
/** A date that no two parts of are alike, so that a sample shows their order. */
const SAMPLE_DATE = '2024-02-29';

/** The dataset that a key's file name belongs to, and its batch date. */
export function matchFile(key: string, routes: readonly Route[]): FileMatch {
  const segments = key.split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment)))
    return unmatched(
      new UnsafeKey(`the key ${JSON.stringify(key)} has empty or dot segments; upload the file under a plain name`),
    );
  const fileName = segments.at(-1) ?? key;
  const [route, ...others] = routes.filter((each) => nameExpression(each).test(fileName));
  if (route === undefined) return unmatched(new UnknownFileName(unknownName(fileName, routes)));
  if (others.length > 0)
    return unmatched(
      new AmbiguousFileName(
        `${fileName} matches more than one contract: ${shown([route, ...others])}; expected one; make one pattern narrower`,
      ),
    );
  return dated(fileName, route);
}

/** Whether some file name belongs to both, as far as a sample of each tells. */
export function claimsOverlap(one: FileNames, other: FileNames): boolean {
  return nameExpression(one).test(sampleName(other)) || nameExpression(other).test(sampleName(one));
}

/** The name as people read it: `sales_YYYYMMDD[_NAME].csv`. */
export function nameShown({ filePattern, dateFormat = '' }: FileNames): string {
  return filePattern.replace(DATE, dateFormat).replace(SUFFIX, '[_NAME]').replace(FORMAT, FILE_FORMATS.join('|'));
}

function dated(fileName: string, route: Route): FileMatch {
  const { dataset, dateFormat } = route;
  const written = nameExpression(route).exec(fileName)?.groups?.['date'];
  // What ends in another way is a CSV all the same.
  const format = FILE_FORMATS.find((each) => fileName.endsWith(`.${each}`)) ?? 'csv';
  if (written === undefined || dateFormat === undefined) return { kind: 'match', dataset, ingestionDate: undefined, format };
  const ingestionDate = readDate(written, dateFormat);
  if (ingestionDate !== undefined) return { kind: 'match', dataset, ingestionDate, format };
  const fault = `${fileName}: ${written} is no date of the calendar; expected ${shown([route])}; rename the file`;
  return unmatched(new UnknownFileName(fault));
}

function unknownName(fileName: string, routes: readonly Route[]): string {
  return `${fileName} matches no contract: expected ${shown(routes) || 'none, there is no contract'}; rename the file or add a contract`;
}

function shown(routes: readonly Route[]): string {
  return routes.map((route) => `${nameShown(route)} (${route.dataset})`).join(' or ');
}

/** The name of the file of a date, which is YYYY-MM-DD. */
export function nameOfDay({ filePattern, dateFormat = '' }: FileNames, date: string, format: FileFormat): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const written = dateFormat.replace('YYYY', year).replace('MM', month).replace('DD', day);
  return filePattern.replace(DATE, written).replace(SUFFIX, '').replace(FORMAT, format);
}

function sampleName(names: FileNames): string {
  return nameOfDay(names, SAMPLE_DATE, 'csv');
}

/** Matches whole names; its group is the date. */
function nameExpression({ filePattern, dateFormat = '' }: FileNames): RegExp {
  const source = escapeText(filePattern)
    .replace(escapeText(DATE), `(?<date>${dateSource(dateFormat)})`)
    .replace(escapeText(SUFFIX), SUFFIX_SOURCE)
    .replace(escapeText(FORMAT), `(?:${FILE_FORMATS.join('|')})`);
  return new RegExp(`^${source}$`);
}

function unmatched(error: TerminalError): FileMatch {
  return { kind: 'unmatched', error, reason: error.message };
}
