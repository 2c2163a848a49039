/** What Spark, PostgreSQL and the SDK say in many lines begins with what is wrong. */
export function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
