/**
 * How long an API asks to be left alone, in milliseconds: the header has seconds or a date. Undefined where it says nothing that
 * can be understood. Source: RFC 9110, 10.2.3.
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Without a month's name it is no date of HTTP, whatever JavaScript makes of it.
  const date = /[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
