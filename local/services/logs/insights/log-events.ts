import { parseJson } from '../filter-pattern';
import type { Row } from './expression';

/**
 * Returns the events in the text of a log. The members of JSON lines are fields, nested ones with dots.
 * `arrivalOf` returns when a line arrived, from line 0. If that is not known, a line without a time has the
 * time of the line before it.
 */
export function logEvents(
  text: string,
  logGroup: string,
  arrivalOf: (line: number) => number | undefined = () => undefined,
): Row[] {
  let last = 0;
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    const members = flatten(parseJson(line) ?? {});
    last = timeOf(members) ?? arrivalOf(index) ?? last;
    return [{ ...members, '@timestamp': last, '@message': line, '@log': logGroup, '@logStream': logGroup }];
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
function timeOf({ timestamp, time }: Row): number | undefined {
  const [, day, month, year, clock] =
    /^(\d+)\/(\w+)\/(\d+):([\d:]+) \+0000$/.exec(typeof time === 'string' ? time : '') ?? [];
  const text = day === undefined ? timestamp : `${day} ${month} ${year} ${clock} UTC`;
  return Date.parse(typeof text === 'string' ? text : '') || undefined;
}
