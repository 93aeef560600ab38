import type { Api } from '../api';
import { isBinaryBody } from './binary-media-types';
import type { GatewayRequest } from './request';
import type { Match } from './router';

type Event = Record<string, unknown>;

/** Returns the event of a Lambda proxy integration (payload version 1.0). */
export function proxyEvent(request: GatewayRequest, matched: Match, api: Api, port: number): Event {
  const isBinary = isBinaryBody(request.headers, api.binaryMediaTypes);
  const body = request.body.length === 0 ? null : request.body.toString(isBinary ? 'base64' : 'utf8');
  return { ...requestEvent(request, matched, api, port), body, isBase64Encoded: isBinary && body !== null };
}

/** Returns the event of a `REQUEST` authorizer, which has no body. */
export function requestEvent(
  request: Omit<GatewayRequest, 'body'>,
  matched: Match,
  api: Api,
  port: number,
): Event {
  const headers = withForwarding(request, port);
  return {
    resource: matched.route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    ...single('headers', 'multiValueHeaders', headers),
    ...single('queryStringParameters', 'multiValueQueryStringParameters', [...request.query]),
    pathParameters: matched.pathParameters,
    stageVariables: Object.keys(api.stageVariables).length > 0 ? api.stageVariables : null,
    requestContext: request.context,
  };
}

/** Returns both maps of an event. The single-valued map has the last of several values with the same name. */
function single(singleName: string, multiName: string, pairs: readonly (readonly [string, string])[]) {
  if (pairs.length === 0) return { [singleName]: null, [multiName]: null };
  // A Map, because a client may send a parameter with the name `constructor`.
  const multi = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = multi.get(name);
    if (values) values.push(value);
    else multi.set(name, [value]);
  }
  return { [singleName]: Object.fromEntries(pairs), [multiName]: Object.fromEntries(multi) };
}

function withForwarding(
  { headers, context }: Omit<GatewayRequest, 'body'>,
  port: number,
): [string, string][] {
  const forwarded = headers
    .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
    .map(([, value]) => value);
  const kept = headers.filter(([name]) => !/^(x-forwarded-(for|port|proto)|connection)$/i.test(name));
  return [
    ...kept.map(([name, value]): [string, string] => [name, value]),
    [
      'X-Amzn-Trace-Id',
      `Root=1-${Math.floor(context.requestTimeEpoch / 1000).toString(16)}-${context.requestId.replaceAll('-', '').slice(0, 24)}`,
    ],
    ['X-Forwarded-For', [...forwarded, context.identity.sourceIp].join(', ')],
    ['X-Forwarded-Port', String(port)],
    ['X-Forwarded-Proto', 'http'],
  ];
}
