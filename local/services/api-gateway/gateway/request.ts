import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACCOUNT } from '../../../cloud/template/identity';
import type { Api } from '../api';

/** A request as API Gateway sees it before anything is decided. */
export interface GatewayRequest {
  readonly method: string;
  /** Without stage and query, not decoded. */
  readonly path: string;
  /** Name as the client wrote it, and value, in the order of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly context: RequestContext;
}

/** The `$context` of templates and the `requestContext` of events; filled further as the request goes on. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: Readonly<Record<string, string | null>>;
  /** With the stage. */
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  /** Like `24/Nov/2026:06:24:24 +0000`. */
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly stage: string;
  resourceId?: string;
  resourcePath?: string;
  /** What the authorizer said, as strings. */
  authorizer?: Readonly<Record<string, string>>;
}

/** Everything but the body, which is read later. */
export function readHead(
  message: IncomingMessage,
  api: Api,
  domainName: string,
): Omit<GatewayRequest, 'body'> {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const fullPath = mark < 0 ? target : target.slice(0, mark);
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.push([message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '']);
  }
  const now = new Date();
  const method = message.method ?? 'GET';
  return {
    method,
    path: fullPath.slice(api.stage.length + 1) || '/',
    headers,
    // `+` and `%20` are spaces, and each value is decoded once.
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    context: {
      accountId: ACCOUNT,
      apiId: api.id,
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      extendedRequestId: `${randomBytes(11).toString('base64url')}=`,
      httpMethod: method,
      identity: identity(message),
      path: fullPath,
      protocol: `HTTP/${message.httpVersion}`,
      requestId: randomUUID(),
      requestTime: clfTime(now),
      requestTimeEpoch: now.getTime(),
      stage: api.stage,
    },
  };
}

function identity(message: IncomingMessage): Record<string, string | null> {
  return {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: message.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
    user: null,
    userAgent: message.headers['user-agent'] ?? null,
    userArn: null,
  };
}

/** The common log format of Apache, in UTC. */
function clfTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
