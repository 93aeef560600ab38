import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type AdminHandler, adminHandler } from '../../../shared/http/admin/admin-handler';
import { fields } from '../../../shared/http/admin/fields';
import type { AdminRequest } from '../../../shared/http/admin/request';
import { ok, route } from '../../../shared/http/admin/route';
import { logger } from '../../../shared/logging/telemetry';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { lambdaContext } from '../../support/requests/api-events';

export const DOMAIN = '01890000-0000-7000-8000-00000000000a';
export const OPERATOR = {
  id: 'operator',
  name: 'Admin token',
  kind: 'adminToken',
  roles: '{"operator":true,"domains":{}}',
};
export const VIEWER = {
  ...OPERATOR,
  kind: 'user',
  roles: `{"operator":false,"domains":{"${DOMAIN}":"viewer"}}`,
};

/** The time of the handler's clock. */
export const NOW = '2026-03-01T12:00:00.000Z';

/** State of the running test; `resetHarness` clears it. */
export const state: {
  /** `POST …/things` throws it. */
  thrown?: Error;
  /** The last request to `GET /domains/{domainId}`. */
  received?: AdminRequest;
  audited: [domainId: string, event: AuditEvent][];
  /** The domains whose flushes were counted. */
  flushed: string[];
} = { audited: [], flushed: [] };

/** Clears the state and silences the log. Returns the spy on `logger.info`. */
export function resetHarness(): jest.SpyInstance {
  Object.assign(state, { thrown: undefined, received: undefined, audited: [], flushed: [] });
  jest.spyOn(logger, 'error').mockImplementation();
  jest.spyOn(console, 'log').mockImplementation();
  return jest.spyOn(logger, 'info').mockImplementation();
}

const wire: Parameters<typeof adminHandler>[0] = () => ({
  writeAudit: (domainId, event) => {
    state.audited.push([domainId, event]);
    return Promise.resolve();
  },
  limitFlushes: (domainId) => {
    state.flushed.push(domainId);
    return Promise.resolve();
  },
  readOriginSecrets: () => Promise.resolve(['secret']),
  findDomain: (domainId) =>
    Promise.resolve(domainId === DOMAIN ? ({ domainId, name: 'Example' } as Domain) : undefined),
  routes: [
    route({ method: 'GET', path: '/open', access: 'public', handle: () => ok({ open: true }) }),
    route({
      method: 'GET',
      path: '/domains/{domainId}',
      access: 'viewer',
      query: fields({ limit: [z.optional(z.string()), 'a text'] }),
      handle: (request) => {
        state.received = request;
        return ok({ name: request.domain.name });
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/things',
      access: 'owner',
      body: fields({ name: [z.string(), 'a text'] }),
      flushesCache: ({ name }) => name === 'flush',
      handle: () => {
        if (state.thrown) throw state.thrown;
        return { status: 202 };
      },
    }),
    route({
      method: 'GET',
      path: '/large',
      access: 'public',
      // Each quote takes four bytes in Lambda's response.
      handle: () => ok({ large: '"'.repeat(1_600_000) }),
    }),
    route({ method: 'POST', path: '/things', access: 'operator', handle: () => ({ status: 202 }) }),
    route({
      method: 'GET',
      path: '/text',
      access: 'anyone',
      handle: () => ({ status: 200, text: { mediaType: 'application/jsonl', content: '{}\n' } }),
    }),
  ],
});

const handler: AdminHandler = adminHandler(wire, () => Date.parse(NOW));

export interface Input {
  readonly method?: string;
  /** Below the base URL. */
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly authorizer?: Record<string, string> | null;
}

export async function callHandler({ method = 'GET', path = `/domains/${DOMAIN}`, ...input }: Input = {}) {
  const event = {
    httpMethod: method,
    headers: { 'User-Agent': 'curl', ...input.headers },
    queryStringParameters: input.query ?? null,
    body: input.body ?? null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      path: `/admin/v1${path}`,
      requestTimeEpoch: 0,
      identity: { sourceIp: '192.0.2.1' },
      authorizer: input.authorizer === undefined ? OPERATOR : input.authorizer,
    },
  } as unknown as APIGatewayProxyEvent;
  const { statusCode, headers, body } = await handler(event, lambdaContext);
  const isJson =
    String(headers?.['content-type']).includes('json') &&
    !String(headers?.['content-type']).includes('jsonl');
  return { status: statusCode, headers, body: isJson ? (JSON.parse(body) as Record<string, unknown>) : body };
}

/** Calls the route that requires an owner and a body. */
export const postThings = (body: string, headers?: Record<string, string>) =>
  callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, body, headers });
