import { resolvePath } from '../../scim/attribute-path';
import { ScimError } from '../../scim/error';
import type { OnIgnored } from '../../scim/input/ignored';
import { checkRequired, readResource } from '../../scim/input/read-resource';
import { replacementOf } from '../../scim/input/replacement';
import { skipUnreadable, type OnUnreadable } from '../../scim/input/unreadable';
import { completeUser, isActive, type UserRule } from '../../scim/input/user-rules';
import { applyPatch } from '../../scim/patch/apply';
import {
  desiredMembership,
  splitMembership,
  type DesiredMembership,
  type SplitPatch,
} from '../../scim/patch/membership';
import { parsePatch, type PatchOperation } from '../../scim/patch/parse';
import type { PatchLimits } from '../../scim/patch/patch-run';
import type { Attributes, Json } from '../../scim/resource';
import { isOverBudget } from '../../scim/work';
import { userResourceType } from '../../product/product';
import { checkInactive, checkRules, CLIENT_RULES } from './user-checks';

/** Receives what a request contains and the service does not store. */
export interface InputReports {
  /** The rules that the user must follow. @default - those of identity providers */
  readonly rules?: readonly UserRule[];
  readonly onIgnored: OnIgnored;
  /** Receives values that are skipped because the request leaves the user inactive. */
  readonly onSkipped: OnUnreadable;
}

/** A PATCH of a user, before the user is known. */
export interface UserPatch {
  /** Returns the attributes after the PATCH. */
  readonly apply: (before: Attributes) => Attributes;
  readonly groups: DesiredMembership;
}

/** Returns the attributes in the body of a POST. The user is active unless the body says otherwise. */
export function readNewUser(body: Json | undefined, reports: InputReports): Attributes {
  return readChange(reports, (onUnreadable) =>
    completeBody(readBody(body, reports, onUnreadable), {}, { active: true }, reports, onUnreadable),
  );
}

/** Reads an administrator's new user. Unlike a POST, it skips nothing, even if the user is inactive. */
export const readNewExact = (body: Json | undefined, reports: InputReports): Attributes =>
  completeBody(readBody(body, reports), {}, { active: true }, reports);

/**
 * Reads the complete description of a user by an administrator. Unlike a PUT of a client, it skips nothing.
 */
export const readExact = (body: Attributes, before: Attributes, reports: InputReports): Attributes =>
  completeBody(readBody(body, reports), before, {}, reports);

/**
 * Parses the body of a PUT. Returns a function that returns the attributes after the PUT, which keeps
 * `active` if the body lacks it. Throws 400 if no state of the user makes the body acceptable.
 */
export function readReplacement(
  body: Json | undefined,
  reports: InputReports,
): (before: Attributes) => Attributes {
  const strict = attempt(() => readReplacing(body, reports));
  const tolerant =
    'error' in strict ? attempt(() => readReplacing(body, reports, skipInto(new Map()))) : strict;
  if ('error' in strict && ('error' in tolerant || isActive(tolerant.result.read))) throw strict.error;
  return (before) => {
    const { userName, active } = before;
    const kept: Attributes = active === undefined ? {} : { active };
    const keptIfSkipped: Attributes = { ...kept, ...(userName !== undefined && { userName }) };
    return readChange(reports, (onUnreadable) => {
      const { read, ignored } = onUnreadable ? readReplacing(body, reports, onUnreadable) : resultOf(strict);
      const replacement = replacementOf(userResourceType, read, before, ignored);
      return onUnreadable
        ? completeBody(replacement, before, keptIfSkipped, reports, onUnreadable)
        : completeBody(replacement, before, kept, reports);
    });
  };
}

/** Reads the body of a PUT, and collects the paths of attributes whose values are ignored. */
function readReplacing(
  body: Json | undefined,
  reports: InputReports,
  onUnreadable?: OnUnreadable,
): { readonly read: Attributes; readonly ignored: readonly string[] } {
  const ignored: string[] = [];
  const onIgnored: OnIgnored = (attribute, reason) => {
    if (reason !== undefined) ignored.push(attribute);
    reports.onIgnored(attribute, reason);
  };
  return { read: readBody(body, { ...reports, onIgnored }, onUnreadable), ignored };
}

/**
 * Parses the body of a PATCH. Throws 400 if no state of the user makes it acceptable. Each application calls
 * `limits`.
 *
 * Operations that are malformed or select nothing are skipped only if the PATCH also sets `active`.
 * Otherwise, no access is at stake, and only values of attributes are skipped.
 */
export function readUserPatch(
  body: Json | undefined,
  reports: InputReports,
  limits: () => PatchLimits = () => ({}),
): UserPatch {
  const skippedOperations: Skipped = new Map();
  const strict = attempt(() => splitMembership(parsePatch(body, reports.onIgnored), 'groups'));
  const tolerant = 'error' in strict ? attempt(() => parseTolerantly(body, skippedOperations)) : strict;
  const { membership, attributeOperations } = resultOf('error' in tolerant ? strict : tolerant);
  const setsActive = attributeOperations.some(({ path }) => isAboutActive(path.attributePath));
  if ('error' in strict && !setsActive) throw strict.error;
  const apply = (before: Attributes): Attributes =>
    readChange(
      reports,
      (onUnreadable) =>
        onUnreadable
          ? patchUser(
              before,
              attributeOperations,
              { ...limits(), ...reports },
              setsActive ? onUnreadable : valuesOnly(onUnreadable),
            )
          : patchUser(before, resultOf(strict).attributeOperations, { ...limits(), ...reports }),
      skippedOperations,
    );
  return { apply, groups: desiredMembership(membership) };
}

type Skipped = Map<string, ScimError>;
interface Failure {
  readonly error: ScimError;
}

/**
 * Reads a change of a user. If it is refused with 400, reads it again and skips what cannot be read. The
 * second result counts only if the user is inactive then: a user who leaves must lose access, whatever else
 * the request contains.
 */
function readChange(
  { onSkipped }: InputReports,
  read: (onUnreadable?: OnUnreadable) => Attributes,
  skippedBefore: Skipped = new Map(),
): Attributes {
  const strict = attempt(() => read());
  if (!('error' in strict)) return strict.result;
  if (strict.error.status !== 400 || isOverBudget(strict.error)) throw strict.error;
  const skipped = new Map(skippedBefore);
  const tolerant = attempt(() => read(skipInto(skipped)));
  if ('error' in tolerant || isActive(tolerant.result)) throw strict.error;
  for (const [path, error] of skipped) onSkipped(path, error);
  return tolerant.result;
}

type Attempt<T> = { readonly result: T } | Failure;

function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { result: read() };
  } catch (error) {
    if (error instanceof ScimError) return { error };
    throw error;
  }
}

function resultOf<T>(outcome: Attempt<T>): T {
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}

const isAboutActive = (path: string): boolean =>
  resolvePath(userResourceType, path)?.attribute?.name === 'active';

/** An `active` that cannot be read is not skipped, because it decides whether the user leaves. */
const skipInto =
  (skipped: Skipped): OnUnreadable =>
  (path, error) => {
    if (isAboutActive(path)) throw error;
    skipped.set(path, error);
  };

/** Skips values that do not fit their attribute, but no operation that is refused for another reason. */
const valuesOnly =
  (onUnreadable: OnUnreadable): OnUnreadable =>
  (path, error) => {
    if (error.scimType !== 'invalidValue') throw error;
    onUnreadable(path, error);
  };

const readBody = (
  body: Json | undefined,
  { onIgnored }: InputReports,
  onUnreadable?: OnUnreadable,
): Attributes => readResource(userResourceType, body, onIgnored, onUnreadable);

/**
 * Checks and completes what was read from a body. Defaults replace absent values, and values that are
 * skipped.
 */
function completeBody(
  read: Attributes,
  before: Attributes,
  defaults: Attributes,
  { rules = CLIENT_RULES }: InputReports,
  onUnreadable?: OnUnreadable,
): Attributes {
  const attributes = rules.reduce(
    (current: Attributes, { attribute, check }) =>
      skipUnreadable(onUnreadable, attribute, withDefault(current, attribute, defaults), () => {
        check(current, before);
        return current;
      }),
    { ...defaults, ...read },
  );
  checkRequired(userResourceType, attributes);
  return completeUser(attributes, before);
}

/** Returns the attributes with the default of `name`, or without it if it has no default. */
function withDefault(attributes: Attributes, name: string, { [name]: value }: Attributes): Attributes {
  const { [name]: _, ...others } = attributes;
  return value === undefined ? others : { ...others, [name]: value };
}

function patchUser(
  before: Attributes,
  operations: readonly PatchOperation[],
  { onSkipped: _, rules = CLIENT_RULES, ...options }: InputReports & PatchLimits,
  onUnreadable?: OnUnreadable,
): Attributes {
  if (operations.length === 0) return before;
  const tolerance = onUnreadable && { onUnreadable, check: checkInactive(rules) };
  const after = applyPatch(userResourceType, before, operations, { ...options, tolerance });
  if (!onUnreadable) checkRules(rules, after, before);
  return completeUser(after);
}

/** Skips operations that cannot be read, one by one. */
function parseTolerantly(body: Json | undefined, skipped: Skipped): SplitPatch {
  const onUnreadable = skipInto(skipped);
  const parts = parsePatch(body, undefined, onUnreadable).map((operation) =>
    skipUnreadable(onUnreadable, operation.path.text, undefined, () =>
      splitMembership([operation], 'groups'),
    ),
  );
  return {
    membership: parts.flatMap((part) => part?.membership ?? []),
    attributeOperations: parts.flatMap((part) => part?.attributeOperations ?? []),
  };
}
