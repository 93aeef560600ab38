import { ScimError } from '../error';
import { reportIgnored, type OnIgnored } from '../input/ignored';
import { MAX_OPERATIONS } from '../input/limits';
import { member } from '../input/message';
import { skipUnreadable, type OnUnreadable } from '../input/unreadable';
import { singleFromArray, structureFromText } from '../quirks';
import { isAttributes, isUnassigned, type Json } from '../resource';
import { GROUP_SCHEMA, USER_SCHEMA } from '../urns';
import { parsePatchPath, type PatchPath } from './path';

/**
 * One change of one path. An operation without a path becomes one `PatchOperation` for each key of its value.
 */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: PatchPath;
  /** Undefined only if a `remove` has no value. */
  readonly value?: Json;
  /** True if the path is the `path` of the operation and not a key of its value. */
  readonly explicitPath: boolean;
}

const OPS = ['add', 'remove', 'replace'] as const;
const OPS_BY_NAME: ReadonlyMap<string, PatchOperation['op']> = new Map(OPS.map((op) => [op, op]));
/**
 * How often the URN of a core schema may contain the URN of a core schema. A value needs it once. The limit
 * bounds the recursion, also for JSON text in a value.
 */
const MAX_NESTED_SCHEMAS = 8;
const CORE_SCHEMAS = new Set([USER_SCHEMA, GROUP_SCHEMA].map((urn) => urn.toLowerCase()));

/**
 * Parses the body of a PATCH (RFC 7644 §3.5.2). Member names and `op` may be in any case, and `schemas` may
 * be missing. `Operations` may be empty, as Microsoft's validator sends it. Throws 400 `invalidPath` for a
 * malformed path, `noTarget` for a `remove` without a path, `invalidValue` for an `add` or `replace` without
 * a value, and otherwise `invalidSyntax`.
 *
 * With `onUnreadable`, an operation whose path or value cannot be read is skipped. An operation that is not
 * an object or has no known `op` is still refused, because its intent is unknown.
 */
export function parsePatch(
  body: unknown,
  onIgnored?: OnIgnored,
  onUnreadable?: OnUnreadable,
): PatchOperation[] {
  const operations = isAttributes(body) ? member(body, 'Operations') : undefined;
  if (!Array.isArray(operations)) {
    throw ScimError.invalidSyntax(
      'The PATCH cannot be read because "Operations" is missing or not an array. Send an array of operations.',
    );
  }
  checkOperationCount(operations);
  const context = { onIgnored, onUnreadable, parsePath: pathParser() };
  const parsed = operations.flatMap((operation, index) =>
    parseOperation(operation, `Operations[${index}]`, context),
  );
  checkOperationCount(parsed);
  return parsed;
}

interface Context {
  readonly onIgnored?: OnIgnored;
  readonly onUnreadable?: OnUnreadable;
  readonly parsePath: (text: string) => PatchPath;
}

/** Creates a parser that parses each path once: the operations of a PATCH often have the same path. */
function pathParser(): Context['parsePath'] {
  const paths = new Map<string, PatchPath>();
  return (text) => {
    const path = paths.get(text) ?? parsePatchPath(text);
    paths.set(text, path);
    return path;
  };
}

function checkOperationCount({ length }: readonly unknown[]): void {
  if (length > MAX_OPERATIONS) {
    throw ScimError.invalidSyntax(
      `The PATCH is too large: it makes ${length} changes, and the limit is ${MAX_OPERATIONS}. ` +
        'Send the remaining changes in another request.',
    );
  }
}

function parseOperation(operation: Json, label: string, context: Context): PatchOperation[] {
  if (!isAttributes(operation)) {
    throw ScimError.invalidSyntax(
      `${label} cannot be read because it is not a JSON object. Send an object with op, path, and value.`,
    );
  }
  const op = parseOp(member(operation, 'op'), label);
  const path = member(operation, 'path');
  const value = member(operation, 'value');
  return skipUnreadable(context.onUnreadable, typeof path === 'string' ? path : label, [], () =>
    parsePathAndValue(op, path, value, label, context),
  );
}

function parsePathAndValue(
  op: PatchOperation['op'],
  path: Json | undefined,
  value: Json | undefined,
  label: string,
  context: Context,
): PatchOperation[] {
  if (!isUnassigned(path) && typeof path !== 'string') {
    throw ScimError.invalidPath(
      `${label} cannot be applied because its path is not a string. Send a path, such as displayName.`,
    );
  }
  if (op !== 'remove' && value === undefined) {
    throw ScimError.invalidValue(
      `${label} cannot be applied because ${op} requires a value. ` +
        'Send a value, or null to clear the attribute.',
    );
  }
  if (typeof path === 'string' && path.trim() !== '') {
    return withPath({ op, path: context.parsePath(path), value, explicitPath: true }, context);
  }
  if (op === 'remove') {
    throw ScimError.noTarget(
      `${label} cannot be applied because remove requires a path. Send the path of the attribute to remove.`,
    );
  }
  return withoutPath(op, value, label, context);
}

function parseOp(value: Json | undefined, label: string): PatchOperation['op'] {
  const op = typeof value === 'string' && (OPS_BY_NAME.get(value) ?? OPS_BY_NAME.get(value.toLowerCase()));
  if (op) return op;
  throw ScimError.invalidSyntax(
    `${label} cannot be applied because its op is missing or not supported. Use one of: ${OPS.join(', ')}.`,
  );
}

/**
 * Returns the operation. If its path is the URN of a core schema, which names the resource, its value is
 * split into keys.
 */
function withPath(operation: PatchOperation, context: Context, nested = 0): PatchOperation[] {
  const { op, path, value } = operation;
  const isResource = CORE_SCHEMAS.has(path.attributePath.toLowerCase()) && !path.filter;
  if (!isResource) return [operation];
  if (op === 'remove') {
    throw ScimError.noTarget(
      `${path.text} cannot be removed because it names the whole resource. Send a DELETE request instead.`,
    );
  }
  if (nested === MAX_NESTED_SCHEMAS) {
    throw ScimError.invalidSyntax(
      `The PATCH cannot be read because ${path.text} is nested in itself more than ${MAX_NESTED_SCHEMAS} ` +
        'times. Send the attributes of the schema as its value.',
    );
  }
  return withoutPath(op, value, path.text, context, nested + 1);
}

/**
 * Splits a value into one operation per key. A key is a path, also dotted, with a URN, or with a filter;
 * others are ignored.
 */
function withoutPath(
  op: 'add' | 'replace',
  input: Json | undefined,
  label: string,
  context: Context,
  nested = 0,
): PatchOperation[] {
  const value = singleFromArray(structureFromText(input));
  if (!isAttributes(value)) {
    throw ScimError.invalidSyntax(
      `${label} cannot be applied because it has neither the path of an attribute nor an object as ` +
        'its value. Send one of them.',
    );
  }
  return Object.entries(value).flatMap(([key, part]) => {
    const path = pathOfKey(key, context);
    if (path) return withPath({ op, path, value: part, explicitPath: false }, context, nested);
    reportIgnored(context.onIgnored, key, part);
    return [];
  });
}

function pathOfKey(key: string, { parsePath }: Context): PatchPath | undefined {
  try {
    return parsePath(key);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
