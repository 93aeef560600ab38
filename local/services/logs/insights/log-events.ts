import { parseJson } from '../filter-pattern';
import type { Row } from './expression';

/** Returns the events in the text of a log. The members of JSON lines are fields, nested ones with dots. */
export function logEvents(text: string, logGroup: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const members = flatten(parseJson(line) ?? {});
      return {
        ...members,
        '@timestamp': timeOf(members),
        '@message': line,
        '@log': logGroup,
        '@logStream': logGroup,
      };
    });
}

function flatten(value: object, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.entries(flatten(member, `${prefix}${key}.`))
        : [[prefix + key, member] as const],
    ),
  );
}

/** Functions log a time of RFC 3339, and access logs one of Apache's form. Other lines have none. */
function timeOf({ timestamp, time }: Row): number {
  const [, day, month, year, clock] =
    /^(\d+)\/(\w+)\/(\d+):([\d:]+) \+0000$/.exec(typeof time === 'string' ? time : '') ?? [];
  const text = day === undefined ? timestamp : `${day} ${month} ${year} ${clock} UTC`;
  return Date.parse(typeof text === 'string' ? text : '') || 0;
}
