import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { PRODUCT_NAMES } from '../scim/product';
import { loadFixtures } from './fixtures';
import { fillPlaceholders } from './placeholders';
import type { ClientResponse, DomainClient } from '../system/system';

/** A condition for the value at `path` in the body (`a.b`, `a[0].b`, `["urn:…"].b`). */
export interface Check {
  readonly path: string;
  readonly equals?: unknown;
  readonly exists?: boolean;
  /** True if the value must be missing. An empty array counts as missing (RFC 7643 §2.5). */
  readonly absent?: boolean;
  readonly matches?: string;
  readonly length?: number;
  /** An element of the array. An object matches an element that has all of its members. */
  readonly contains?: unknown;
}

/**
 * A request and the expected response. `{{name}}` is a saved value; `{{uuid}}` and `{{rand}}` are random
 * values. `{{productSchema}}` and the other `PRODUCT_NAMES` are those of the deployment.
 */
export interface Step {
  readonly name: string;
  /** The reason for the expected response, for example a decision that differs from the RFC. */
  readonly why?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** Query parameters, not encoded. */
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  };
  /** Names of values to save, and their paths in the body of the response. */
  readonly save?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: readonly number[];
    /** Case-insensitive patterns. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: readonly Check[];
  };
}

/** The requests of an identity provider in order, and the responses that it accepts. */
export interface Conversation {
  readonly name: string;
  readonly steps: readonly Step[];
}

type Variables = Record<string, unknown>;

/** Loads the conversations of a folder in `test/fixtures`. */
export const loadConversations = (folder: string): Conversation[] =>
  loadFixtures(folder).map((fixture) => fixture as Conversation);

/** Returns what is wrong with a response besides what its step expects. `path` has no query. */
type ResponseProblems = (method: string, path: string, response: ClientResponse) => readonly string[];

/**
 * Returns a function that runs the steps of a conversation. A step can use the values that earlier steps
 * saved.
 */
export function replay(
  client: () => DomainClient,
  problemsOf: ResponseProblems = () => [],
): (step: Step) => Promise<void> {
  const variables: Variables = {
    ...PRODUCT_NAMES,
    uuid: randomUUID(),
    rand: randomBytes(4).toString('hex'),
  };
  return async (step) => {
    const { method, path, query, headers, body } = fillPlaceholders(step.request, variables);
    const target = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
    const response = await client().request(method, target, body, headers);
    for (const [name, valuePath] of Object.entries(step.save ?? {}))
      variables[name] = valueAtPath(response.body, valuePath);
    const mismatches = [
      ...findMismatches(response, fillPlaceholders(step.expect, variables)),
      ...problemsOf(method, path.replace(/\?.*$/s, ''), response),
    ];
    if (mismatches.length > 0) {
      const sent = `${method} ${target}\n${JSON.stringify(body) ?? ''}`.trim();
      const received = `${response.status} ${JSON.stringify(response.body) ?? ''}`.trim();
      throw new Error([...mismatches, '', `→ ${sent}`, `← ${received}`].join('\n'));
    }
  };
}

function findMismatches({ status, headers, body }: ClientResponse, expected: Step['expect']): string[] {
  const mismatches: string[] = [];
  if (!expected.status.includes(status))
    mismatches.push(`status ${status}, not ${expected.status.join(' or ')}`);
  for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
    const value = headers.get(name) ?? '';
    if (!new RegExp(pattern, 'i').test(value)) mismatches.push(`${name}: ${value} does not match ${pattern}`);
  }
  if (status === 204) return mismatches;
  for (const check of expected.body ?? []) {
    const value = valueAtPath(body, check.path);
    if (!satisfies(check, value))
      mismatches.push(`${JSON.stringify(check)}, but it is ${JSON.stringify(value)}`);
  }
  return mismatches;
}

function satisfies(check: Check, value: unknown): boolean {
  if ('equals' in check) return isDeepStrictEqual(value, check.equals);
  if (check.exists !== undefined) return (value !== undefined && value !== null) === check.exists;
  if (check.absent !== undefined) return isAbsent(value) === check.absent;
  if (check.matches !== undefined) return new RegExp(check.matches).test(String(value));
  if (check.length !== undefined)
    return ((value as { length?: number } | undefined)?.length ?? 0) === check.length;
  if ('contains' in check)
    return Array.isArray(value) && value.some((element) => matchesElement(element, check.contains));
  throw new Error(`${JSON.stringify(check)} checks nothing.`);
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function matchesElement(value: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return value === expected;
  const members = (value ?? {}) as Record<string, unknown>;
  return Object.entries(expected).every(([name, part]) => isDeepStrictEqual(members[name], part));
}

function valueAtPath(body: unknown, valuePath: string): unknown {
  const names = valuePath.match(/\["[^"]+"\]|\[\d+\]|[^.[\]]+/g) ?? [];
  return names.reduce<unknown>(
    (value, name) => (value as Variables | null | undefined)?.[name.replace(/^\["?|"?\]$/g, '')],
    body,
  );
}
