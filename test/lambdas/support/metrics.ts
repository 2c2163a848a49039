import { onTestFinished, vi } from 'vitest';

interface MetricLine {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly { readonly Dimensions: readonly string[][]; readonly Metrics: readonly object[] }[];
  };
}

/** The lines in CloudWatch's embedded metric format that the test has logged so far. */
export function watchMetrics(): () => MetricLine[] {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).split('\n'));
    return true;
  });
  onTestFinished(() => {
    write.mockRestore();
  });
  return () => lines.filter((line) => line.startsWith('{"_aws"')).map((line) => JSON.parse(line) as MetricLine);
}
