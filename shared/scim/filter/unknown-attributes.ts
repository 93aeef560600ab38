import { isHidden, type Attribute } from '../attribute';
import { resolvePath } from '../attribute-path';
import type { ResourceType } from '../resource-type';
import { commonAttributes } from '../schemas/common';
import type { Filter } from './ast';
import { elementScope, resourceScope, type Scope } from './operand';

/**
 * Returns the paths in a filter that name no attribute of any of the types. A path in a value path is
 * preceded by the path of the attribute. Throws `invalidFilter` as `compileFilter` does.
 */
export function unknownAttributes(filter: Filter, types: readonly ResourceType[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = types.map((type) => {
    const unknown = new Set<string>();
    collectUnknown(filter, resourceScope(type), '', unknown);
    return unknown;
  });
  return new Set([...first].filter((path) => others.every((unknown) => unknown.has(path))));
}

function collectUnknown(filter: Filter, scope: Scope, prefix: string, unknown: Set<string>): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const operand of filter.operands) collectUnknown(operand, scope, prefix, unknown);
      return;
    case 'not':
      return collectUnknown(filter.operand, scope, prefix, unknown);
    case 'present':
    case 'comparison':
      if (!scope(filter.path)) unknown.add(`${prefix}${filter.path}`);
      return;
    case 'valuePath': {
      const operand = scope(filter.path);
      if (!operand) unknown.add(`${prefix}${filter.path}`);
      else collectUnknown(filter.filter, elementScope(operand.attribute), `${filter.path}.`, unknown);
    }
  }
}

/** The longest path for which a similar one is searched. This bounds the time. */
const MAX_COMPARED_LENGTH = 60;
const MAX_DIFFERENCES = 3;
/** A path that starts with the same letters as a known one may be longer: `emailAddress` for `emails`. */
const MIN_COMMON_PREFIX = 4;

/**
 * Returns the known path that is most similar to an unknown one: a sub-attribute with that name, a path with
 * few differences, or one that starts alike. Returns undefined if none is similar.
 */
export function similarAttribute(path: string, types: readonly ResourceType[]): string | undefined {
  const name = path.slice(path.lastIndexOf(':') + 1).toLowerCase();
  if (name === '' || name.length > MAX_COMPARED_LENGTH) return undefined;
  const known = [...new Set(types.flatMap(searchablePaths))];
  const part = known.find((candidate) => candidate.toLowerCase().endsWith(`.${name}`));
  if (part !== undefined) return part;
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => isSimilar(name, candidate.toLowerCase(), distance))
    .sort((one, other) => one.distance - other.distance);
  return nearest?.candidate;
}

const isSimilar = (name: string, candidate: string, distance: number): boolean =>
  distance <= Math.min(MAX_DIFFERENCES, Math.round(name.length / 2)) ||
  (commonPrefix(name, candidate) >= MIN_COMMON_PREFIX && distance < name.length);

/** Returns the paths that a filter can search, as short as `resolvePath` accepts them. */
function searchablePaths(type: ResourceType): string[] {
  const core = [...type.schema.attributes, ...commonAttributes].flatMap((attribute) => pathsOf(attribute));
  const extensions = type.extensions.flatMap(({ id, attributes }) =>
    attributes.flatMap((attribute) =>
      resolvePath(type, attribute.name)?.extension?.id === id
        ? pathsOf(attribute)
        : pathsOf(attribute, `${id}:`),
    ),
  );
  return [...core, ...extensions];
}

const pathsOf = (attribute: Attribute, prefix = ''): string[] =>
  isHidden(attribute)
    ? []
    : [
        `${prefix}${attribute.name}`,
        ...attribute.subAttributes
          .filter((part) => !isHidden(part))
          .map((part) => `${prefix}${attribute.name}.${part.name}`),
      ];

function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** Returns the number of characters to insert, delete, or replace (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + Number(one[row - 1] !== other[column - 1]);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
