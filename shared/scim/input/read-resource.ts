import type { Schema } from '../attribute';
import { isWritable, resolvePath, type ResolvedPath } from '../attribute-path';
import { ScimError } from '../error';
import { reportIgnored, unlessIgnored, type OnIgnored } from './ignored';
import { MAX_RESOURCE_BYTES } from './limits';
import { invalidValue } from './read-simple';
import { jsonSizeOf } from './json-size';
import { readValue } from './read-value';
import { skipUnreadable, type OnUnreadable } from './unreadable';
import { singleFromArray, structureFromText } from '../quirks';
import type { ResourceType } from '../resource-type';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/**
 * Reads the body of a POST or PUT. Returns the attributes that a client may write and the service stores,
 * under the names that the schema defines, without unassigned values. Does not change `body`. Ignores unknown
 * and read-only attributes (RFC 7644 §3.3, §3.5.1).
 *
 * Throws 400 `invalidSyntax` if the body is not an object. Throws 400 `invalidValue` if a value has the wrong
 * type, a required attribute is missing, or the resource is too large.
 *
 * With `onUnreadable`, the result lacks the attributes that would throw `invalidValue`, and a required
 * attribute may be missing. If the resource is too large, the largest attributes are skipped.
 */
export function readResource(
  type: ResourceType,
  body: unknown,
  onIgnored?: OnIgnored,
  onUnreadable?: OnUnreadable,
): Attributes {
  if (!isAttributes(body)) {
    throw ScimError.invalidSyntax(
      'The body cannot be read because it is not a JSON object. ' +
        `Send an object with the attributes of a ${type.name}.`,
    );
  }
  const attributes: Attributes = {};
  for (const { path, value } of sentAttributes(type, body, onIgnored, onUnreadable)) {
    const { attribute, extension } = path;
    const { name } = attribute;
    const onIgnoredPart = withExtensionUrn(extension, onIgnored);
    const result = skipUnreadable(onUnreadable, extension ? `${extension.id}:${name}` : name, undefined, () =>
      unlessIgnored(onIgnoredPart, name, undefined, () => readValue(attribute, value, name, onIgnoredPart)),
    );
    if (result === undefined) continue;
    if (extension) ((attributes[extension.id] ??= {}) as Attributes)[attribute.name] = result;
    else attributes[attribute.name] = result;
  }
  if (onUnreadable) return withinSize(type, attributes, onUnreadable);
  checkRequired(type, attributes);
  checkSize(attributes);
  return attributes;
}

type AttributePath = Required<Pick<ResolvedPath, 'attribute'>> & ResolvedPath;
interface SentAttribute {
  readonly path: AttributePath;
  value: unknown;
}

/**
 * Collects the value of each attribute, however the client named it: in any case, with its URN, under its
 * URN, or dotted.
 */
function sentAttributes(
  type: ResourceType,
  body: Attributes,
  onIgnored?: OnIgnored,
  onUnreadable?: OnUnreadable,
): Iterable<SentAttribute> {
  const sent = new Map<string, SentAttribute>();
  for (const [name, value] of Object.entries(body))
    skipUnreadable(onUnreadable, name, undefined, () => collect(type, name, value, sent, onIgnored));
  return sent.values();
}

/** Reports ignored attributes of an extension with its URN. Errors name them without it. */
const withExtensionUrn = (extension: Schema | undefined, onIgnored?: OnIgnored): OnIgnored | undefined =>
  extension && onIgnored
    ? (attribute, reason) => onIgnored(`${extension.id}:${attribute}`, reason)
    : onIgnored;

function collect(
  type: ResourceType,
  name: string,
  value: unknown,
  sent: Map<string, SentAttribute>,
  onIgnored?: OnIgnored,
): void {
  const path = resolvePath(type, name);
  if (!path) return reportIgnored(onIgnored, name, value);
  const { attribute, subAttribute, extension } = path;
  if (!attribute) {
    const parts = singleFromArray(structureFromText(value));
    if (isUnassigned(parts)) return;
    if (!isAttributes(parts)) {
      throw invalidValue(name, 'it is not an object', 'Send an object with the attributes of the schema.');
    }
    const urn = (extension ?? type.schema).id;
    for (const [inner, part] of Object.entries(parts))
      collect(type, `${urn}:${inner}`, part, sent, onIgnored);
    return;
  }
  if (!isWritable(attribute)) return;
  const key = `${extension?.id ?? ''}:${attribute.name}`;
  const before = sent.get(key)?.value;
  const parts = subAttribute ? { [subAttribute.name]: value as Json } : value;
  const merges = isAttributes(before) && isAttributes(parts);
  if (subAttribute && !isUnassigned(before) && !merges) return;
  sent.set(key, { path: { ...path, attribute }, value: merges ? { ...before, ...parts } : parts });
}

/** Throws `invalidValue` if a required attribute is missing. */
export function checkRequired(type: ResourceType, attributes: Attributes): void {
  for (const { name, required } of type.schema.attributes) {
    if (required && attributes[name] === undefined) {
      throw ScimError.invalidValue(
        `The ${type.name} cannot be stored because ${name} is required. Send ${name} with a value.`,
      );
    }
  }
}

const withoutMembers = ({ members: _, ...attributes }: Attributes): Attributes => attributes;

const sizeOf = (attributes: Attributes): number => jsonSizeOf(withoutMembers(attributes));

/** Returns whether the resource is small enough to be stored. */
export const fitsSize = (attributes: Attributes): boolean => sizeOf(attributes) <= MAX_RESOURCE_BYTES;

/** A UTF-16 unit has at most three bytes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Throws `invalidValue` if the resource is too large to be stored. */
export function checkSize(attributes: Attributes): void {
  // The runtime writes JSON much faster than its bytes are counted, and nearly all resources are small.
  const { length } = JSON.stringify(withoutMembers(attributes));
  if (length * MAX_BYTES_PER_UNIT > MAX_RESOURCE_BYTES) checkStepSize(attributes);
}

/** Throws as `checkSize` does. Of the attributes after many steps, it reads only the new ones. */
export function checkStepSize(attributes: Attributes): void {
  const bytes = sizeOf(attributes);
  if (bytes > MAX_RESOURCE_BYTES) {
    throw ScimError.invalidValue(
      `The attributes are too large: they have ${bytes} bytes as JSON, ` +
        `and the limit is ${MAX_RESOURCE_BYTES}. Send fewer or shorter values.`,
    );
  }
}

/** Skips the largest optional attributes until the resource can be stored. */
function withinSize(type: ResourceType, attributes: Attributes, onUnreadable: OnUnreadable): Attributes {
  const isRequired = (name: string): boolean =>
    type.schema.attributes.some((attribute) => attribute.required && attribute.name === name);
  const bySize = Object.entries(attributes)
    .filter(([name]) => !isRequired(name))
    .map(([name, value]) => ({ name, size: JSON.stringify(value).length }))
    .sort((one, other) => other.size - one.size);
  return bySize.reduce(
    (kept, { name }) =>
      skipUnreadable(onUnreadable, name, without(kept, name), () => {
        checkStepSize(kept);
        return kept;
      }),
    attributes,
  );
}

function without(attributes: Attributes, name: string): Attributes {
  const { [name]: _, ...others } = attributes;
  return others;
}
