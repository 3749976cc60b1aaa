/** What `logs --format json` says of each line. */
export interface LogSource {
  readonly service: string;
  /** undefined where it is not known. */
  readonly number?: number | undefined;
}

/** One JSON document a line: service, replica, stream, time and the line itself. */
export function logJson(
  { service, number }: LogSource,
  lines: {
    readonly stream: 'stdout' | 'stderr';
    readonly texts: readonly string[];
    readonly times: readonly string[] | undefined;
  },
): string {
  const { stream, texts, times } = lines;
  return texts
    .map((line, index) => {
      const document = { service, replica: number, stream, time: times?.[index], line };
      return `${JSON.stringify(document)}\n`;
    })
    .join('');
}
