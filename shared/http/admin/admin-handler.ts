import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { AuditEvent } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import { administratorPartition } from '../../store/table/administrator-keys';
import { isKeyText } from '../../store/table/keys';
import { reportFailure } from '../../logging/telemetry';
import type { Clock } from '../chain/clock';
import type { Middleware } from '../chain/request';
import { readQuery } from '../chain/query';
import { requestLog } from '../chain/request-log';
import { exceedsBody } from '../chain/response-body';
import { authorize, noSuchDomain } from './authorize';
import { auditAdminRefusal } from './audit-admin-refusal';
import { fields, validate } from './fields';
import { Problem, PROBLEM_MEDIA_TYPE } from './problem';
import { adminActor, adminCallerOf, adminUrlOf, ANONYMOUS_CALLER, adminPathOf } from './request';
import {
  findAdminRoute,
  readAdminBody,
  type AdminResponse,
  type AdminRoute,
  type AdminRouteMatch,
} from './route';

export interface AdminDependencies {
  readonly routes: readonly AdminRoute[];
  readonly findDomain: (domainId: string) => Promise<Domain | undefined>;
  /** Writes into the audit log of a domain, or of the deployment. */
  readonly writeAudit: (domainId: string, event: AuditEvent) => Promise<void>;
  /** Counts a flush of the authorizer's cache by an owner of the domain. Throws if there were too many. */
  readonly limitFlushes: (domainId: string, bySetupLink: boolean) => Promise<void>;
  /** Reads the secret that the portal's distribution adds to requests; undefined if there is no portal. */
  readonly readOriginSecrets: () => Promise<readonly string[]>;
}

export type AdminHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const ID = /^[0-9a-f-]{36}$/;

/**
 * Creates the handler of the admin API. It finds the route, then checks access, the domain, the query, and
 * the body, in this order. Every error becomes a problem. `wire` is called once, on the first request.
 */
export function adminHandler(wire: (now: Clock) => AdminDependencies, now: Clock = Date.now): AdminHandler {
  let dependencies: AdminDependencies | undefined;
  const matches = new WeakMap<object, AdminRouteMatch>();

  const dispatch = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const { routes, findDomain, limitFlushes, readOriginSecrets } = (dependencies ??= wire(now));
    const match = findAdminRoute(routes, event.httpMethod, adminPathOf(event));
    matches.set(event, match);
    const { route, parameters } = match;
    const caller = route.access === 'public' ? ANONYMOUS_CALLER : adminCallerOf(event);
    const readBody = memoize(() => readAdminBody(event));
    await authorize(route, parameters, caller, readBody);
    assertIds(parameters);
    const [domain, actor] = await Promise.all([
      route.mayBeDeleted ? undefined : getExistingDomain(parameters.domainId, findDomain),
      adminActor(
        caller,
        event,
        // A GET is not an event of the audit log, so it does not need the secret.
        route.method === 'GET' ? notRequested : () => noneOnError(readOriginSecrets),
      ),
    ]);
    const queryParameters = readQuery(event.queryStringParameters, (detail) => Problem.invalid(detail));
    const query = validateQuery(route, queryParameters);
    const body = route.body && validate(route.body, await readBody(), 'body');
    if (domain && !caller.roles.operator && route.flushesCache?.(body))
      await limitFlushes(domain.domainId, caller.kind === 'setupLink');
    const response = await route.handle({
      caller,
      parameters,
      ...(domain && { domain }),
      query,
      body,
      actor,
      requestId: event.requestContext.requestId,
      adminUrl: adminUrlOf(event),
      receivedAt: event.requestContext.requestTimeEpoch,
    });
    return toResult(response);
  };

  const recordProblem = async (event: APIGatewayProxyEvent, problem: Problem): Promise<void> => {
    const match = matches.get(event);
    if (!dependencies || !match || match.route.access === 'public') return;
    const { findDomain, readOriginSecrets, writeAudit } = dependencies;
    const options = {
      exists: async (domainId: string) => ID.test(domainId) && (await findDomain(domainId)) !== undefined,
      readOriginSecrets: () => noneOnError(readOriginSecrets),
      write: writeAudit,
      now,
    };
    await auditAdminRefusal(options, event, match, problem);
  };

  return middy({ timeoutEarlyInMillis: 0 })
    .use(requestLog('admin request', (event) => logFields(event, matches.get(event))))
    .use(problemMiddleware(recordProblem))
    .handler(dispatch);
}

const NO_PARAMETERS = fields({});

/** Refuses a parameter that the route does not have: a filter that is ignored would return everything. */
function validateQuery({ query, access }: AdminRoute, parameters: object): unknown {
  if (query) return validate(query, parameters, 'query');
  if (access !== 'public') validate(NO_PARAMETERS, parameters, 'query');
  return undefined;
}

function memoize<T>(create: () => T): () => T {
  let created: { readonly value: T } | undefined;
  return () => (created ??= { value: create() }).value;
}

const notRequested = (): Promise<readonly string[]> => Promise.resolve([]);

/** Returns none if the secrets cannot be read: the audit event then has the address of the edge. */
async function noneOnError(read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await read();
  } catch (error) {
    reportFailure(error);
    return [];
  }
}

/** Throws 404 for a parameter that cannot be an id, because it may not even be a valid key of the table. */
function assertIds(parameters: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.endsWith('Id') || ID.test(value)) continue;
    if (name === 'domainId') throw noSuchDomain(value);
    // Another issuer than Cognito chooses other subjects.
    if (name === 'administratorId' && isKeyText(administratorPartition(value))) continue;
    throw Problem.notFound(`There is no ${ID_LABELS[name]} with the id "${value.slice(0, 100)}".`);
  }
}

const ID_LABELS: Readonly<Record<string, string>> = {
  userId: 'user',
  groupId: 'group',
  keyId: 'SCIM key',
  connectionId: 'connection',
  credentialId: 'credential',
  administratorId: 'administrator',
  subscriptionId: 'subscription',
  secretId: 'secret',
  simulationId: 'connection test',
  invitationId: 'invitation',
  linkId: 'setup link',
};

/**
 * Returns the domain that the path names, or undefined if the path names none. Throws 404 if it does not
 * exist.
 */
async function getExistingDomain(
  domainId: string | undefined,
  find: AdminDependencies['findDomain'],
): Promise<Domain | undefined> {
  if (domainId === undefined) return undefined;
  const domain = await find(domainId);
  if (!domain) throw noSuchDomain(domainId);
  return domain;
}

/** Responses contain personal data and keys, so no cache may store them. */
const NOT_STORED = { 'cache-control': 'no-store' };

function toResult({ status, body, text, headers }: AdminResponse): APIGatewayProxyResult {
  const mediaType = text?.mediaType ?? (body && 'application/json');
  const content = text?.content ?? (body ? JSON.stringify(body) : '');
  // API Gateway would turn a larger response into a 502.
  if (exceedsBody(content)) {
    throw Problem.invalid('The response would be larger than 6 MB. Request fewer items with limit.');
  }
  return {
    statusCode: status,
    headers: { ...NOT_STORED, ...(mediaType && { 'content-type': mediaType }), ...headers },
    body: content,
  };
}

/**
 * Converts every error to a problem and calls `onProblem` for it. A failure of `onProblem` is logged, not
 * returned.
 */
function problemMiddleware(
  onProblem: (event: APIGatewayProxyEvent, problem: Problem) => Promise<void>,
): Middleware {
  return {
    onError: async (request) => {
      const { requestId } = request.event.requestContext;
      const problem = Problem.from(request.error, requestId, reportFailure);
      request.response = {
        statusCode: problem.status,
        headers: { ...NOT_STORED, 'content-type': PROBLEM_MEDIA_TYPE, ...problem.headers },
        body: JSON.stringify(problem.body(requestId)),
      };
      await onProblem(request.event, problem).catch(reportFailure);
    },
  };
}

/** Returns the fields of the log line. It must not contain names or bodies. */
function logFields(event: APIGatewayProxyEvent, match: AdminRouteMatch | undefined) {
  return {
    route: match?.route.path,
    domainId: match?.parameters.domainId,
    callerId: event.requestContext.authorizer?.id as string | undefined,
  };
}
