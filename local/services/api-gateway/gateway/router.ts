import type { Api, Method, Route } from '../api';

export interface Match {
  readonly route: Route;
  readonly method: Method;
  /** The method of the template that serves the request, for example `ANY`. */
  readonly methodName: string;
  /** The decoded path parameters, or null if the resource has none, as in the event. */
  readonly pathParameters: Record<string, string> | null;
}

/** Lower ranks win: an exact segment before a parameter, a parameter before a greedy parameter. */
const RANK = { exact: 0, parameter: 1, greedy: 2 } as const;

/**
 * Returns the resource for `path` (without the stage), and its method. Only the path selects the resource: if
 * it lacks the method, a less specific resource does not take over. Empty segments, between two slashes or
 * after the last one, do not count.
 */
export function match(api: Api, httpMethod: string, path: string): Match | undefined {
  const decoded = path.split('/').filter(Boolean).map(decode);
  const [best] = api.routes
    .flatMap((route) => {
      const parameters = parametersOf(route, decoded);
      return parameters ? [{ route, parameters }] : [];
    })
    .sort((a, b) => moreSpecific(a.route, b.route));
  const methodName = best?.route.methods.has(httpMethod) ? httpMethod : 'ANY';
  const method = best?.route.methods.get(methodName);
  if (!best || !method) return undefined;
  const hasParameters = Object.keys(best.parameters).length > 0;
  return { route: best.route, method, methodName, pathParameters: hasParameters ? best.parameters : null };
}

function parametersOf({ segments }: Route, parts: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.kind === 'greedy') return { ...parameters, [segment.name]: parts.slice(index).join('/') };
    if (segment.kind === 'exact' && segment.text !== part) return undefined;
    if (segment.kind === 'parameter') parameters[segment.name] = part;
  }
  return segments.length === parts.length ? parameters : undefined;
}

function moreSpecific(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (!other) return -1;
    const difference = RANK[segment.kind] - RANK[other.kind];
    if (difference !== 0) return difference;
  }
  return 0;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
