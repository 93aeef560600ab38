import { ScimError } from '../error';
import { checkMessage, member } from '../input/message';
import { numberFromText, structureFromText, textFromNumber } from '../quirks';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { BULK_REQUEST } from '../urns';
import { isWellFormed } from '../text';

/**
 * One operation of a bulk request. An operation with a `problem` is not run, and the problem is its response.
 */
export interface BulkOperation {
  /** The method, in upper case if it is a supported method; otherwise as the client sent it. */
  readonly method: string;
  /** The client's name for the resource that a POST creates. */
  readonly bulkId?: string;
  /** Relative to the base URL, without a query, still percent-encoded, e.g. `/Users/42`. */
  readonly path: string;
  /** An ETag, as in `If-Match`. */
  readonly version?: string;
  readonly data?: Attributes;
  readonly problem?: ScimError;
}

/** The body of a bulk request (RFC 7644 §3.7). */
export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /**
   * Number of errors after which the remaining operations are skipped; `Infinity` if the client sends none or
   * 0.
   */
  readonly failOnErrors: number;
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Parses the body of a bulk request (RFC 7644 §3.7). Member names and methods may be in any case, and
 * `schemas` may be missing. Values may have another type, as elsewhere: numbers as text, and the reverse, and
 * `data` as JSON text. Paths may start with `baseUrl` or with its path. Throws 400 `invalidSyntax` if
 * the request as a whole is invalid; an invalid operation gets a `problem` instead.
 */
export function parseBulk(body: Json | undefined, baseUrl: string): BulkRequest {
  if (!isAttributes(body))
    throw ScimError.invalidSyntax(
      'The bulk request cannot be read because its body is not a JSON object. ' +
        'Send an object with an "Operations" array.',
    );
  checkMessage(body, BULK_REQUEST);
  const operations = member(body, 'Operations');
  if (!Array.isArray(operations)) {
    throw ScimError.invalidSyntax(
      'The bulk request cannot be read because "Operations" is missing or not an array. ' +
        'Send an array of operations.',
    );
  }
  const failOnErrors = parseFailOnErrors(member(body, 'failOnErrors'));
  const parsed = operations.map((operation, at) => parseOperation(operation, `Operations[${at}]`, baseUrl));
  checkBulkIds(parsed);
  return { operations: parsed, failOnErrors };
}

function parseFailOnErrors(sent: Json | undefined): number {
  const value = numberFromText(sent);
  if (isUnassigned(value) || value === 0) return Infinity;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw ScimError.invalidSyntax(
    'The bulk request was rejected because failOnErrors is not a whole number of at least 0. ' +
      'Send such a number, or omit failOnErrors. 0 means no limit.',
  );
}

function checkBulkIds(operations: readonly BulkOperation[]): void {
  const used = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === undefined) continue;
    if (used.has(bulkId)) {
      throw ScimError.invalidSyntax(
        `No operation was run because two operations have the bulkId "${bulkId.slice(0, 100)}". ` +
          'Give each operation its own bulkId.',
      );
    }
    used.add(bulkId);
  }
}

function parseOperation(input: Json, label: string, baseUrl: string): BulkOperation {
  if (!isAttributes(input)) {
    const problem = ScimError.invalidSyntax(
      `${label} cannot be run because it is not a JSON object. Send an object with method, path, and data.`,
    );
    return { method: '', path: '', problem };
  }
  const method = member(input, 'method');
  const bulkId = textFromNumber(member(input, 'bulkId'));
  const path = member(input, 'path');
  const version = versionFromNumber(member(input, 'version'));
  const data = structureFromText(member(input, 'data'));
  const methodText = typeof method === 'string' ? method : '';
  const operation: BulkOperation = {
    method: METHODS.find((known) => known === methodText.toUpperCase()) ?? methodText,
    path: isPath(path) ? pathBelow(path, baseUrl) : '',
    ...(typeof bulkId === 'string' && bulkId !== '' && { bulkId }),
    ...(typeof version === 'string' && version !== '' && { version }),
    ...(isAttributes(data) && { data }),
  };
  const reason = rejectionReason(operation, { path, version });
  if (reason === undefined) return operation;
  return { ...operation, problem: ScimError.invalidSyntax(`${label} cannot be run because ${reason}`) };
}

/**
 * Returns why an operation cannot be run and what to change, as the end of an error detail. `raw` holds
 * members as the client sent them.
 */
function rejectionReason(
  { method, bulkId, data }: BulkOperation,
  raw: { path: Json | undefined; version: unknown },
): string | undefined {
  if (!METHODS.includes(method)) {
    return `its method is missing or not supported. Use one of: ${METHODS.join(', ')}.`;
  }
  if (!isPath(raw.path)) return 'its path is missing or not valid. Send a path, such as /Users.';
  if (!isUnassigned(raw.version) && typeof raw.version !== 'string')
    return 'its version is not a string. Send a version, such as W/"3", or omit it.';
  if (method === 'POST' && bulkId === undefined)
    return 'a POST requires a bulkId. Send a string of your choice that is unique in the request.';
  if (method !== 'DELETE' && !data)
    return `a ${method} requires data. Send the body of the ${method} as a JSON object.`;
  return undefined;
}

/** Returns the ETag of a version that is sent as its number. */
const versionFromNumber = (version: unknown): unknown =>
  typeof version === 'number' ? `W/"${version}"` : version;

const isPath = (path: Json | undefined): path is string =>
  typeof path === 'string' && path !== '' && isWellFormed(path);

/**
 * Removes the base URL and the query. A query only selects attributes, and bulk responses contain no
 * resources.
 */
function pathBelow(path: string, baseUrl: string): string {
  const [bare = ''] = path.split(/[?#]/, 1);
  const lower = `${bare.toLowerCase()}/`;
  const bases = [baseUrl, new URL(baseUrl).pathname];
  const base = bases.find((each) => lower.startsWith(`${each.toLowerCase()}/`)) ?? '';
  return bare.slice(base.length);
}
