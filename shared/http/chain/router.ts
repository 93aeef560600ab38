import { decodeSegment } from '../../scim/text/path-segment';

/** The part of a route that the router looks at. */
export interface RoutePattern {
  /** Upper case, or `ANY` for every method. */
  readonly method: string;
  /** Below the base URL, e.g. `/Users/{id}`. */
  readonly path: string;
}

export interface RouteMatch<Route> {
  readonly route: Route;
  /** The segments that match `{name}` in the pattern, decoded. `requestContext.path` is still encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RouterOptions {
  /** `lenient` ignores letter case and empty segments. An exact match requires the path of the pattern. */
  readonly paths: 'exact' | 'lenient';
  /** Creates the error for a path that no route has. */
  readonly notFound: (path: string) => Error;
  /** Creates the error for a path whose routes have other methods. */
  readonly methodNotAllowed: (method: string, allowed: readonly string[]) => Error;
}

/** Finds the route of a request; throws one of the router's two errors if there is none. */
export type FindRoute<Route> = (routes: readonly Route[], method: string, path: string) => RouteMatch<Route>;

/** A segment of a route's path: the name of a parameter, or the segment that the path must have. */
type PatternSegment = { readonly parameter: string } | { readonly literal: string };

/** The path of a route, prepared for comparisons. */
interface Pattern<Route> {
  readonly route: Route;
  readonly segments: readonly PatternSegment[];
  readonly isLiteral: boolean;
}

/**
 * Creates the router of an API. A literal path has precedence over a pattern, whatever the method: `GET
 * /Users/.search` is 405, not the user `.search`.
 */
export function createRouter<Route extends RoutePattern>(options: RouterOptions): FindRoute<Route> {
  /** The patterns of the routes of each table. A table never changes. */
  const tables = new WeakMap<readonly Route[], readonly Pattern<Route>[]>();
  const patternsOf = (routes: readonly Route[]) => {
    const known = tables.get(routes) ?? routes.map((route) => patternOf(route, options));
    tables.set(routes, known);
    return known;
  };
  return (routes, method, path) => {
    const segments = splitPath(path, options);
    const compared = segments.map((segment) => comparable(segment, options));
    const matching = patternsOf(routes).filter((pattern) => matches(pattern.segments, compared));
    if (matching.length === 0) throw options.notFound(path);
    const literal = matching.filter(({ isLiteral }) => isLiteral);
    const candidates = literal.length > 0 ? literal : matching;
    const match = candidates.find(({ route }) => route.method === method || route.method === 'ANY');
    if (match) return { route: match.route, parameters: parametersOf(match.segments, segments) };
    throw options.methodNotAllowed(
      method,
      candidates.map(({ route }) => route.method),
    );
  };
}

function patternOf<Route extends RoutePattern>(route: Route, options: RouterOptions): Pattern<Route> {
  const segments = splitPath(route.path, options).map((segment) =>
    segment.startsWith('{') ? { parameter: segment.slice(1, -1) } : { literal: comparable(segment, options) },
  );
  return { route, segments, isLiteral: segments.every((segment) => 'literal' in segment) };
}

function splitPath(path: string, { paths }: RouterOptions): readonly string[] {
  return paths === 'exact' ? path.split('/').slice(1) : path.split('/').filter((segment) => segment !== '');
}

const comparable = (segment: string, { paths }: RouterOptions): string =>
  paths === 'exact' ? segment : segment.toLowerCase();

/** Returns whether the segments of a path, in the case in which they are compared, match a pattern. */
function matches(pattern: readonly PatternSegment[], compared: readonly string[]): boolean {
  if (pattern.length !== compared.length) return false;
  for (const [index, expected] of pattern.entries()) {
    const segment = compared[index];
    if ('literal' in expected ? expected.literal !== segment : segment === '') return false;
  }
  return true;
}

function parametersOf(
  pattern: readonly PatternSegment[],
  segments: readonly string[],
): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries())
    if ('parameter' in expected) parameters[expected.parameter] = decodeSegment(segments[index] ?? '');
  return parameters;
}
