/** The part of a route that the router looks at. */
export interface RoutePattern {
  /** Upper case, or `ANY` for every method. */
  readonly method: string;
  /** Below the base URL, e.g. `/Users/{id}`. */
  readonly path: string;
}

export interface RouteMatch<Route> {
  readonly route: Route;
  /** The segments that match `{name}` in the pattern, decoded. */
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

/**
 * Creates the router of an API. A literal path has precedence over a pattern, whatever the method: `GET
 * /Users/.search` is 405, not the user `.search`.
 */
export function createRouter<Route extends RoutePattern>(options: RouterOptions): FindRoute<Route> {
  /** The segments of the routes of each table. A table never changes. */
  const patterns = new WeakMap<readonly Route[], readonly (readonly PatternSegment[])[]>();
  const patternsOf = (routes: readonly Route[]) => {
    const known = patterns.get(routes) ?? routes.map((route) => patternOf(route.path, options));
    patterns.set(routes, known);
    return known;
  };
  return (routes, method, path) => {
    const segments = splitPath(path, options);
    const matches = patternsOf(routes).flatMap((pattern, index) => {
      const parameters = matchPath(pattern, segments, options);
      return parameters ? [{ route: routes[index] as Route, parameters }] : [];
    });
    if (matches.length === 0) throw options.notFound(path);
    const literal = matches.filter(({ parameters }) => Object.keys(parameters).length === 0);
    const candidates = literal.length > 0 ? literal : matches;
    const match = candidates.find(({ route }) => route.method === method || route.method === 'ANY');
    if (match) return match;
    throw options.methodNotAllowed(
      method,
      candidates.map(({ route }) => route.method),
    );
  };
}

const patternOf = (path: string, options: RouterOptions): PatternSegment[] =>
  splitPath(path, options).map((segment) =>
    segment.startsWith('{') ? { parameter: segment.slice(1, -1) } : { literal: comparable(segment, options) },
  );

function splitPath(path: string, { paths }: RouterOptions): readonly string[] {
  return paths === 'exact' ? path.split('/').slice(1) : path.split('/').filter((segment) => segment !== '');
}

const comparable = (segment: string, { paths }: RouterOptions): string =>
  paths === 'exact' ? segment : segment.toLowerCase();

/** Returns the parameters of a path, or undefined if the path does not match the pattern. */
function matchPath(
  pattern: readonly PatternSegment[],
  segments: readonly string[],
  options: RouterOptions,
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if ('literal' in expected) {
      if (expected.literal !== comparable(segment, options)) return undefined;
    } else {
      if (segment === '') return undefined;
      parameters[expected.parameter] = decode(segment);
    }
  }
  return parameters;
}

/** Decodes a segment of `requestContext.path`, which is still encoded as the client sent it. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
