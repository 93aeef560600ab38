import { ScimError } from '../error';
import { checkMessage, member } from '../input/message';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { BULK_REQUEST } from '../urns';
import { isWellFormed } from '../text';

/** One operation of a bulk. One that has a `problem` is answered with it and never run. */
export interface BulkOperation {
  /** Upper case where it is one of the four; else as the client wrote it. */
  readonly method: string;
  /** The client's name for what a POST creates. */
  readonly bulkId?: string;
  /** Below the base URL, without a query, still encoded, e.g. `/Users/42`. */
  readonly path: string;
  /** As in `If-Match`. */
  readonly version?: string;
  readonly data?: Attributes;
  readonly problem?: ScimError;
}

export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /** After so many errors the rest is left out; `Infinity` where the client does not say. */
  readonly failOnErrors: number;
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Reads the body of a bulk (RFC 7644 §3.7); its names and methods count in any case, and `schemas` may lack. Paths may have
 * `baseUrl` in front, or its path. Throws 400 `invalidSyntax` where the bulk as a whole cannot be read; an operation that is
 * wrong in itself fails alone.
 */
export function parseBulk(body: Json | undefined, baseUrl: string): BulkRequest {
  if (!isAttributes(body)) throw ScimError.invalidSyntax('A bulk must be a JSON object with "Operations".');
  checkMessage(body, BULK_REQUEST);
  const operations = member(body, 'Operations');
  if (!Array.isArray(operations)) {
    throw ScimError.invalidSyntax('A bulk needs "Operations": an array of operations.');
  }
  const failOnErrors = parseFailOnErrors(member(body, 'failOnErrors'));
  const parsed = operations.map((operation, at) => parseOperation(operation, `Operations[${at}]`, baseUrl));
  checkBulkIds(parsed);
  return { operations: parsed, failOnErrors };
}

function parseFailOnErrors(value: Json | undefined): number {
  if (isUnassigned(value)) return Infinity;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  throw ScimError.invalidSyntax('failOnErrors must be a whole number from 1, or be left out.');
}

function checkBulkIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === undefined) continue;
    if (seen.has(bulkId)) {
      throw ScimError.invalidSyntax(
        `Two operations have the bulkId "${bulkId.slice(0, 100)}". Give each its own; nothing was done.`,
      );
    }
    seen.add(bulkId);
  }
}

function parseOperation(sent: Json, label: string, baseUrl: string): BulkOperation {
  if (!isAttributes(sent)) {
    const problem = ScimError.invalidSyntax(`${label} must be an object with method, path and data.`);
    return { method: '', path: '', problem };
  }
  const method = member(sent, 'method');
  const bulkId = member(sent, 'bulkId');
  const path = member(sent, 'path');
  const version = member(sent, 'version');
  const data = member(sent, 'data');
  const written = typeof method === 'string' ? method : '';
  const operation: BulkOperation = {
    method: METHODS.find((known) => known === written.toUpperCase()) ?? written,
    path: isPath(path) ? pathBelow(path, baseUrl) : '',
    ...(typeof bulkId === 'string' && bulkId !== '' && { bulkId }),
    ...(typeof version === 'string' && version !== '' && { version }),
    ...(isAttributes(data) && { data }),
  };
  const wrong = problemOf(operation, { path, version });
  return wrong ? { ...operation, problem: ScimError.invalidSyntax(`${label} ${wrong}`) } : operation;
}

/** What keeps an operation from being run, as the end of a sentence; `sent` are members as the client sent them. */
function problemOf(
  { method, bulkId, data }: BulkOperation,
  sent: { path: Json | undefined; version: Json | undefined },
): string | undefined {
  if (!METHODS.includes(method)) return `has no method that a bulk can do. Use ${METHODS.join(', ')}.`;
  if (!isPath(sent.path)) return 'has no path. Send one, such as /Users.';
  if (!isUnassigned(sent.version) && typeof sent.version !== 'string')
    return 'has a version that is no string. Send one such as W/"3", or none.';
  if (method === 'POST' && bulkId === undefined)
    return 'is a POST without a bulkId. Send a string of your choice, unique in the bulk.';
  if (method !== 'DELETE' && !data)
    return `has no data. Send what a ${method} has as its body: a JSON object.`;
  return undefined;
}

const isPath = (path: Json | undefined): path is string =>
  typeof path === 'string' && path !== '' && isWellFormed(path);

/** What a query would change is how the resource is shown, which it is not in a bulk. */
function pathBelow(path: string, baseUrl: string): string {
  const [bare = ''] = path.split(/[?#]/, 1);
  const lower = `${bare.toLowerCase()}/`;
  const bases = [baseUrl, new URL(baseUrl).pathname];
  const base = bases.find((each) => lower.startsWith(`${each.toLowerCase()}/`)) ?? '';
  return bare.slice(base.length);
}
