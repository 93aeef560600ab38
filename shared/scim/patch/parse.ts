import { ScimError } from '../error';
import { reportIgnored, type OnIgnored } from '../input/ignored';
import { MAX_OPERATIONS } from '../input/limits';
import { member } from '../input/message';
import { objectFromText, singleFromArray } from '../quirks';
import { isAttributes, isUnassigned, type Json } from '../resource';
import { GROUP_SCHEMA, USER_SCHEMA } from '../urns';
import { parsePatchPath, type PatchPath } from './path';

/** One change to one path. An operation of the request without a path becomes one of these for each key of its value. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: PatchPath;
  /** Undefined only where a `remove` has none. */
  readonly value?: Json;
  /** Whether the request named the path; otherwise it is a key of the value. */
  readonly explicitPath: boolean;
}

const OPS = ['add', 'remove', 'replace'] as const;
const CORE_SCHEMAS = new Set([USER_SCHEMA, GROUP_SCHEMA].map((urn) => urn.toLowerCase()));

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2); its names and `op` count in any case, and `schemas` may lack. Throws 400
 * `invalidSyntax`, `invalidPath` for a path that cannot be read, `noTarget` for a `remove` without a path, `invalidValue`
 * for an `add` or `replace` without a value.
 */
export function parsePatch(body: unknown, onIgnored?: OnIgnored): PatchOperation[] {
  const operations = isAttributes(body) ? member(body, 'Operations') : undefined;
  if (!Array.isArray(operations) || operations.length === 0) {
    throw ScimError.invalidSyntax('A PATCH needs "Operations": an array with one operation or more.');
  }
  checkOperationCount(operations);
  const parsed = operations.flatMap((operation, index) =>
    parseOperation(operation, `Operations[${index}]`, onIgnored),
  );
  checkOperationCount(parsed);
  return parsed;
}

function checkOperationCount({ length }: readonly unknown[]): void {
  if (length > MAX_OPERATIONS) {
    throw ScimError.invalidSyntax(
      `The PATCH makes ${length} changes. Send ${MAX_OPERATIONS} at most, and the rest in the next request.`,
    );
  }
}

function parseOperation(operation: Json, label: string, onIgnored?: OnIgnored): PatchOperation[] {
  if (!isAttributes(operation)) {
    throw ScimError.invalidSyntax(`${label} must be an object with op, path and value.`);
  }
  const op = parseOp(member(operation, 'op'), label);
  const path = member(operation, 'path');
  const value = member(operation, 'value');
  if (!isUnassigned(path) && typeof path !== 'string') {
    throw ScimError.invalidPath(`${label}.path must be a string, such as displayName.`);
  }
  if (op !== 'remove' && value === undefined) {
    throw ScimError.invalidValue(`${label} has no value to ${op}. Send one; null clears an attribute.`);
  }
  if (typeof path === 'string' && path.trim() !== '') {
    return withPath({ op, path: parsePatchPath(path), value, explicitPath: true }, onIgnored);
  }
  if (op === 'remove') {
    throw ScimError.noTarget(`${label} removes nothing: it has no path. Send the path of what to remove.`);
  }
  return withoutPath(op, value, label, onIgnored);
}

function parseOp(value: Json | undefined, label: string): PatchOperation['op'] {
  const op = OPS.find((name) => typeof value === 'string' && value.toLowerCase() === name);
  if (!op) throw ScimError.invalidSyntax(`${label}.op must be one of: ${OPS.join(', ')}.`);
  return op;
}

/** The URN of a core schema as the path means the resource itself. */
function withPath(operation: PatchOperation, onIgnored?: OnIgnored): PatchOperation[] {
  const { op, path, value } = operation;
  const isResource = CORE_SCHEMAS.has(path.attributePath.toLowerCase()) && !path.filter;
  if (!isResource) return [operation];
  if (op === 'remove') throw ScimError.noTarget(`${path.text} names the whole resource. Use DELETE instead.`);
  return withoutPath(op, value, path.text, onIgnored);
}

/** Keys are paths: plain, dotted, with a URN, even with a filter. A key that is none names nothing and is ignored. */
function withoutPath(
  op: 'add' | 'replace',
  sent: Json | undefined,
  label: string,
  onIgnored?: OnIgnored,
): PatchOperation[] {
  const value = objectFromText(singleFromArray(sent));
  if (!isAttributes(value)) {
    throw ScimError.invalidSyntax(`${label} has no path, so its value must be an object of attributes.`);
  }
  return Object.entries(value).flatMap(([key, part]) => {
    const path = pathOfKey(key);
    if (path) return withPath({ op, path, value: part, explicitPath: false }, onIgnored);
    reportIgnored(onIgnored, key, part);
    return [];
  });
}

function pathOfKey(key: string): PatchPath | undefined {
  try {
    return parsePatchPath(key);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
