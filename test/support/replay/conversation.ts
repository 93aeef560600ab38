import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { loadFixtures } from './fixtures';
import { fillPlaceholders } from './placeholders';
import type { ClientResponse, DomainClient } from '../system/system';

/** What a step asks of the body: one of the conditions, on the value at `path` (`a.b`, `a[0].b`, `["urn:…"].b`). */
export interface Check {
  readonly path: string;
  readonly equals?: unknown;
  readonly exists?: boolean;
  /** An empty array is as absent as no value (RFC 7643 §2.5). */
  readonly absent?: boolean;
  readonly matches?: string;
  readonly length?: number;
  /** An element that equals it, or, where it is an object, has all of its members. */
  readonly contains?: unknown;
}

/** `{{name}}` stands for a saved value, `{{uuid}}` and `{{rand}}` for fresh ones of the conversation. */
export interface Step {
  readonly name: string;
  /** Where the answer needs a reason, such as a decision that differs from the RFC. */
  readonly why?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** Sent percent-encoded behind the path. */
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  };
  /** Names of values to keep, and where they are in the answer's body. */
  readonly save?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: readonly number[];
    /** Patterns, compared without case. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: readonly Check[];
  };
}

/** What an identity provider says, step by step, and the answers it can live with. */
export interface Conversation {
  readonly name: string;
  readonly steps: readonly Step[];
}

type Variables = Record<string, unknown>;

/** The conversations of a folder of `test/fixtures`. */
export const loadConversations = (folder: string): Conversation[] =>
  loadFixtures(folder).map((fixture) => fixture as Conversation);

/** Replays a conversation one step at a time; what a step saves is there for the next ones. */
export function replay(client: () => DomainClient): (step: Step) => Promise<void> {
  const variables: Variables = { uuid: randomUUID(), rand: randomBytes(4).toString('hex') };
  return async (step) => {
    const { method, path, query, headers, body } = fillPlaceholders(step.request, variables);
    const target = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
    const answer = await client().request(method, target, body, headers);
    for (const [name, where] of Object.entries(step.save ?? {}))
      variables[name] = valueAtPath(answer.body, where);
    const wrong = findMismatches(answer, fillPlaceholders(step.expect, variables));
    if (wrong.length > 0) {
      const said = `${method} ${target}\n${JSON.stringify(body) ?? ''}`.trim();
      const heard = `${answer.status} ${JSON.stringify(answer.body) ?? ''}`.trim();
      throw new Error([...wrong, '', `→ ${said}`, `← ${heard}`].join('\n'));
    }
  };
}

function findMismatches({ status, headers, body }: ClientResponse, expected: Step['expect']): string[] {
  const wrong: string[] = [];
  if (!expected.status.includes(status)) wrong.push(`status ${status}, not ${expected.status.join(' or ')}`);
  for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
    const value = headers.get(name) ?? '';
    if (!new RegExp(pattern, 'i').test(value)) wrong.push(`${name}: ${value} does not match ${pattern}`);
  }
  if (status === 204) return wrong;
  for (const check of expected.body ?? []) {
    const value = valueAtPath(body, check.path);
    if (!satisfies(check, value)) wrong.push(`${JSON.stringify(check)}, but it is ${JSON.stringify(value)}`);
  }
  return wrong;
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

function matchesElement(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  const members = (value ?? {}) as Record<string, unknown>;
  return Object.entries(wanted).every(([name, part]) => isDeepStrictEqual(members[name], part));
}

function valueAtPath(body: unknown, where: string): unknown {
  const names = where.match(/\["[^"]+"\]|\[\d+\]|[^.[\]]+/g) ?? [];
  return names.reduce<unknown>(
    (value, name) => (value as Variables | null | undefined)?.[name.replace(/^\["?|"?\]$/g, '')],
    body,
  );
}
