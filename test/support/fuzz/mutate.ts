import type { Draw } from './draw';
import { oddValue } from './odd-values';

type Json = unknown;
type Path = readonly (string | number)[];

/** Changes a document in up to three places: values, names of members, missing and repeated parts. */
export function mutate(draw: Draw, document: Json, mark: string): Json {
  let mutant = structuredClone(document);
  const changes = draw.oneOf([0, 0, 1, 1, 1, 2, 3]);
  for (let change = 0; change < changes; change++) {
    const paths = listPaths(mutant);
    const path = draw.oneOf(paths);
    mutant = changeAt(mutant, path, (value) => changed(draw, value, mark));
  }
  return mutant;
}

/** Returns the paths of a value and of everything in it, at most 200. */
function listPaths(value: Json, path: Path = [], found: Path[] = []): Path[] {
  if (found.length >= 200) return found;
  found.push(path);
  if (Array.isArray(value)) value.forEach((item, at) => listPaths(item, [...path, at], found));
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) listPaths(member, [...path, name], found);
  return found;
}

function changeAt(value: Json, path: Path, change: (value: Json) => Json): Json {
  const [at, ...rest] = path;
  if (at === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...(value as Json[])] : { ...(value as object) }) as Record<
    string | number,
    Json
  >;
  copy[at] = changeAt(copy[at], rest, change);
  return copy;
}

function changed(draw: Draw, value: Json, mark: string): Json {
  const isList = Array.isArray(value);
  const isObject = !isList && typeof value === 'object' && value !== null;
  const kind = draw.integer(0, 7);
  if (isList && kind < 4) return changedList(draw, value as Json[], mark);
  if (isObject && kind < 5) return changedObject(draw, value as Record<string, Json>, mark);
  if (kind === 5) return [value];
  if (kind === 6) return { value };
  if (kind === 7 && typeof value === 'string')
    return draw.oneOf([
      value.toUpperCase(),
      ` ${value} `,
      `${value}${mark}`,
      value.slice(1),
      value.repeat(50),
    ]);
  return oddValue(draw, mark);
}

function changedList(draw: Draw, list: readonly Json[], mark: string): Json {
  return draw.oneOf<() => Json>([
    () => list.slice(1),
    () => [...list, ...list],
    () => [...list, oddValue(draw, mark)],
    () => [...list].reverse(),
    () => Array.from({ length: 120 }, () => list[0] ?? null),
  ])();
}

function changedObject(draw: Draw, object: Readonly<Record<string, Json>>, mark: string): Json {
  const names = Object.keys(object);
  const name = names.length === 0 ? 'x' : draw.oneOf(names);
  const { [name]: member, ...others } = object;
  return draw.oneOf<() => Json>([
    () => others,
    () => ({ ...others, [name.toUpperCase()]: member }),
    () => ({
      ...object,
      [draw.oneOf(['id', 'meta', 'x', 'schemas', 'domainId', mark])]: oddValue(draw, mark),
    }),
    // A literal `__proto__` would set the prototype.
    () =>
      JSON.parse(
        `{"__proto__":{"isAdmin":true},${JSON.stringify(object).slice(1)}`.replace(',}', '}'),
      ) as Json,
    () => ({ ...object, [name]: oddValue(draw, mark) }),
  ])();
}
