import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { LogLine } from './insights/insights';

/** The name of the file of a log group that no function writes. */
export const logFileOf = (logGroup: string): string => `${logGroup.replaceAll('/', '-')}.log`;

/** Finds the lines of log groups in the files of a directory. */
export class LogFiles {
  /** Log group → file. */
  private readonly files: ReadonlyMap<string, string>;

  constructor(
    private readonly directory: string,
    resources: readonly Resource[],
  ) {
    this.files = new Map(
      ofType(resources, 'AWS::Lambda::Function').map(({ ref, properties }) => {
        const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: string };
        return [LogGroup ?? `/aws/lambda/${ref}`, `${ref}.log`];
      }),
    );
  }

  /** Returns the lines of a group, oldest first. */
  linesOf(logGroup: string): LogLine[] {
    const file = join(this.directory, this.files.get(logGroup) ?? logFileOf(logGroup));
    if (!existsSync(file)) return [];
    let timestamp = 0;
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((message) => message !== '')
      .map((message) => ({ message, timestamp: (timestamp = timeOf(message) ?? timestamp) }));
  }
}

/** Returns the time that a line names: that of a function, a metric, or the access log. */
function timeOf(message: string): number | undefined {
  const written = /"timestamp":"([^"]+)"/.exec(message)?.[1];
  if (written !== undefined) return Date.parse(written);
  const metric = /"_aws":\{"Timestamp":(\d+)/.exec(message)?.[1];
  if (metric !== undefined) return Number(metric);
  // `29/Nov/2026:12:00:00 +0000`
  const request = /"time":"(\d+)\/(\w+)\/(\d+):([\d:]+) ([+-]\d+)"/.exec(message);
  return request
    ? Date.parse(`${request[1]} ${request[2]} ${request[3]} ${request[4]} ${request[5]}`)
    : undefined;
}
