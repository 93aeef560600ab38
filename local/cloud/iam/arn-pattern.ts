import { wildcards } from '../wildcards';

/** An ARN has six parts. The last one, the resource, may contain colons. */
const PARTS = 6;

/**
 * Returns whether a text matches a pattern of ARNs. A wildcard matches within its part: `arn:aws:sqs:*:*:a`
 * does not match a queue whose name ends in `:a`.
 */
export function arnPattern(pattern: string): (arn: string) => boolean {
  if (pattern === '*') return () => true;
  const parts = partsOf(pattern).map((part) => (/[*?]/.test(part) ? wildcards(part) : part));
  return (arn) => {
    const actual = partsOf(arn);
    return (
      actual.length === parts.length &&
      parts.every((part, at) =>
        typeof part === 'string' ? part === actual[at] : part.test(actual[at] ?? ''),
      )
    );
  };
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')];
}
