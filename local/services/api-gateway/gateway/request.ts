import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACCOUNT } from '../../../cloud/template/account';
import type { Api } from '../api';
import { type BasePathMapping, CUSTOM_DOMAIN_HEADER } from '../base-path-mappings';

/** A request to a stage. */
export interface GatewayRequest {
  readonly method: string;
  /** The path without stage and query, not decoded. */
  readonly path: string;
  /** The headers in the order in which the client sent them. Names keep the client's case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly context: RequestContext;
}

/** A request without its body. */
export type RequestHead = Omit<GatewayRequest, 'body'> & {
  /** Whether the path leads to the stage: by its name, or by the base path of a custom domain. */
  readonly isOnStage: boolean;
  /** The invocation of the authorizer. Absent if its decision was cached. */
  authorization?: { readonly requestId: string; readonly latency: number; readonly status: number };
};

/** The `$context` of templates and the `requestContext` of events. Later steps add to it. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: Readonly<Record<string, string | null>>;
  /** The path with the stage. */
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  /** An example is `24/Nov/2026:06:24:24 +0000`. */
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly stage: string;
  resourceId?: string;
  resourcePath?: string;
  /** The context of the authorizer, as strings. */
  authorizer?: Readonly<Record<string, string>>;
}

/**
 * Returns the request without its body, which is read later. `localName` is the address of the API on this
 * machine.
 */
export function readHead(
  message: IncomingMessage,
  api: Api,
  localName: string,
  mappings: readonly BasePathMapping[] = [],
): RequestHead {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const fullPath = mark < 0 ? target : target.slice(0, mark);
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.push([message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '']);
  }
  const now = new Date();
  const method = message.method ?? 'GET';
  const host = message.headers[CUSTOM_DOMAIN_HEADER];
  const ofHost = mappings.filter((each) => each.domainName === host);
  // Without a base path, a custom domain leads nowhere.
  const mapping = ofHost.find((each) => isBelow(fullPath, each.basePath)) ?? ofHost[0];
  const { basePath, domainName } = mapping ?? { basePath: api.stage, domainName: localName };
  return {
    method,
    path: fullPath.slice(basePath.length + 1) || '/',
    isOnStage: isBelow(fullPath, basePath),
    headers,
    // Decodes each value once. Both `+` and `%20` are spaces.
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

const isBelow = (path: string, first: string): boolean =>
  path === `/${first}` || path.startsWith(`/${first}/`);

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

/** Formats a time in Apache's common log format, in UTC. */
function clfTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
