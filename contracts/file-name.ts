/** What receiving a file needs to know of a contract. */
export interface Route {
  readonly dataset: string;
  /** The file's name with `{date}` where the batch date stands: `sales_{date}.csv`. */
  readonly filePattern: string;
  /** How the date is written: YYYY, MM and DD in any order, with what stands between them. */
  readonly dateFormat?: string | undefined;
}

export type FileMatch =
  | { readonly kind: 'match'; readonly dataset: string; readonly ingestionDate: string | undefined }
  | { readonly kind: 'unmatched'; readonly reason: string };

const DATE = '{date}';
const PARTS = /YYYY|MM|DD/g;

/**
 * The dataset that a key's file name belongs to, and its batch date. `ingestionDate` is undefined where the pattern has no
 * date: the file's own date serves then.
 */
export function matchFile(key: string, routes: readonly Route[]): FileMatch {
  const segments = key.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return unmatched(`the key ${JSON.stringify(key)} has empty or dot segments; upload the file under a plain name`);
  const fileName = segments.at(-1) ?? key;
  const matching = routes.filter((route) => namePattern(route).test(fileName));
  const [route, another] = matching;
  const expected = (some: readonly Route[]) => some.map((each) => `${nameShown(each)} (${each.dataset})`).join(' or ');
  if (route === undefined)
    return unmatched(`${fileName} matches no contract: expected ${expected(routes)}; rename the file or add a contract`);
  if (another !== undefined)
    return unmatched(`${fileName} matches more than one contract: ${expected(matching)}; make one pattern narrower`);
  const written = namePattern(route).exec(fileName)?.[1];
  if (written === undefined) return { kind: 'match', dataset: route.dataset, ingestionDate: undefined };
  const ingestionDate = readDate(written, route.dateFormat ?? '');
  if (ingestionDate === undefined)
    return unmatched(`${fileName}: ${written} is no date of the form ${route.dateFormat}; rename the file`);
  return { kind: 'match', dataset: route.dataset, ingestionDate };
}

/** Whether some file name belongs to both, as far as their patterns tell. */
export function claimsOverlap(one: Route, other: Route): boolean {
  return namePattern(one).test(sampleName(other)) || namePattern(other).test(sampleName(one));
}

/** The name as people read it: `sales_YYYYMMDD.csv`. */
export function nameShown({ filePattern, dateFormat = '' }: Route): string {
  return filePattern.replace(DATE, dateFormat);
}

function sampleName(route: Route): string {
  const digits: Record<string, string> = { YYYY: '2024', MM: '02', DD: '29' };
  return nameShown(route).replace(PARTS, (part) => digits[part] ?? part);
}

function namePattern({ filePattern, dateFormat = '' }: Route): RegExp {
  const [before = '', after] = filePattern.split(DATE);
  if (after === undefined) return new RegExp(`^${escaped(before)}$`);
  const date = escaped(dateFormat).replace(PARTS, (part) => `\\d{${part.length}}`);
  return new RegExp(`^${escaped(before)}(${date})${escaped(after)}$`);
}

/** ISO date, or undefined for one that the calendar does not have. */
function readDate(written: string, format: string): string | undefined {
  const part = (name: string) => written.slice(format.indexOf(name), format.indexOf(name) + name.length);
  const iso = `${part('YYYY')}-${part('MM')}-${part('DD')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function unmatched(reason: string): { readonly kind: 'unmatched'; readonly reason: string } {
  return { kind: 'unmatched', reason };
}
