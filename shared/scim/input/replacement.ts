import type { Schema } from '../attribute';
import { resolvePath } from '../attribute-path';
import type { ResourceType } from '../resource-type';
import { isAttributes, type Attributes, type Json } from '../resource';
import { fitsSize } from './read-resource';

/**
 * Returns the attributes that a PUT with the attributes `read` leaves, apart from its defaults. An attribute
 * differs from `read` in two cases:
 *
 * - If its value was ignored, and no other value was read, it keeps the value that it has before, unless the
 *   resource would be too large with it. `ignored` has the paths of these attributes.
 * - If it belongs to an extension and has no value before, and the PUT contains the default that the resource
 *   is shown with, it still has none. A client that reads a user and sends all of it back, as Okta does, did
 *   not decide on the default.
 */
export function replacementOf(
  type: ResourceType,
  read: Attributes,
  before: Attributes,
  ignored: readonly string[],
): Attributes {
  const kept = ignored.reduce((result, path) => withValueBefore(type, result, before, path), read);
  return type.extensions.reduce((result, extension) => withoutEcho(extension, result, before), kept);
}

function withValueBefore(
  type: ResourceType,
  attributes: Attributes,
  before: Attributes,
  path: string,
): Attributes {
  const { attribute, extension } = resolvePath(type, path) ?? {};
  if (!attribute) return attributes;
  const { name } = attribute;
  const value = (extension ? partOf(before, extension) : before)[name];
  const parts = extension ? partOf(attributes, extension) : attributes;
  if (value === undefined || parts[name] !== undefined) return attributes;
  const changed: Attributes = { ...parts, [name]: value };
  const result = extension ? { ...attributes, [extension.id]: changed } : changed;
  return fitsSize(result) ? result : attributes;
}

function withoutEcho(extension: Schema, attributes: Attributes, before: Attributes): Attributes {
  const sent = partOf(attributes, extension);
  const stored = partOf(before, extension);
  const echoed = extension.attributes.filter(
    ({ name, defaultValue }) =>
      defaultValue !== undefined && sent[name] === defaultValue && stored[name] === undefined,
  );
  if (echoed.length === 0) return attributes;
  const kept = Object.entries(sent).filter(([name]) => !echoed.some((each) => each.name === name));
  const { [extension.id]: _, ...others } = attributes;
  return kept.length === 0 ? others : { ...others, [extension.id]: Object.fromEntries(kept) };
}

const partOf = (attributes: Attributes, { id }: Schema): Readonly<Record<string, Json>> => {
  const part = attributes[id];
  return isAttributes(part) ? part : {};
};
