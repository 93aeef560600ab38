import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { AuditEvent } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import type { Middleware } from '../chain/request';
import { requestLog } from '../chain/request-log';
import { bytesInJson, MAX_BODY_BYTES } from '../chain/response-body';
import { logger, reportFailure } from '../../telemetry';
import { authorize, noSuchDomain } from './access';
import { validate } from './fields';
import { readJsonBody } from './json-body';
import { Problem, PROBLEM_MEDIA_TYPE } from './problem';
import { adminActor, adminCallerOf, ANONYMOUS_CALLER } from './request';
import { auditRefusal } from './audit-refusal';
import { findAdminRoute, type AdminResponse, type AdminRoute, type AdminRouteMatch } from './route';

export interface AdminDependencies {
  readonly routes: readonly AdminRoute[];
  readonly findDomain: (domainId: string) => Promise<Domain | undefined>;
  /** Of a domain, or of the deployment. */
  readonly writeAudit: (domainId: string, event: AuditEvent) => Promise<void>;
  /** The secret that the portal's distribution adds to requests. */
  readonly readOriginSecret: () => Promise<string>;
}

export type AdminHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const BASE_PATH = /^.*?\/v1(?=\/|$)/;
const ID = /^[0-9a-f-]{36}$/;

/**
 * The chain of the admin API: log line, errors as problems, then route, access, domain, query and body, in this order. `wire` is
 * called on first use.
 */
export function adminHandler(wire: () => AdminDependencies): AdminHandler {
  let parts: AdminDependencies | undefined;
  const matches = new WeakMap<object, AdminRouteMatch>();

  const dispatch = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const { routes, findDomain, readOriginSecret } = (parts ??= wire());
    const match = findAdminRoute(routes, event.httpMethod, pathBelowBase(event));
    matches.set(event, match);
    const { route, parameters } = match;
    const caller = route.access === 'public' ? ANONYMOUS_CALLER : adminCallerOf(event);
    const body = memoize(() => route.body && readJsonBody(event));
    authorize(route, parameters, caller, body);
    assertIds(parameters);
    const [domain, actor] = await Promise.all([
      route.mayBeDeleted ? undefined : getExistingDomain(parameters.domainId, findDomain),
      adminActor(
        caller,
        event,
        route.method === 'GET' ? notRequested : () => undefinedOnError(readOriginSecret),
      ),
    ]);
    const response = await route.handle({
      caller,
      parameters,
      domain: domain as Domain,
      query: route.query && validate(route.query, event.queryStringParameters ?? {}, 'query'),
      body: route.body && validate(route.body, body(), 'body'),
      actor,
      requestId: event.requestContext.requestId,
      receivedAt: event.requestContext.requestTimeEpoch,
    });
    return toResult(response);
  };

  const noteRefusal = async (event: APIGatewayProxyEvent, problem: Problem): Promise<void> => {
    const match = matches.get(event);
    if (!parts || !match || match.route.access === 'public') return;
    const { findDomain, readOriginSecret, writeAudit } = parts;
    const exists = async (domainId: string) =>
      ID.test(domainId) && (await findDomain(domainId)) !== undefined;
    const originSecret = () => undefinedOnError(readOriginSecret);
    await auditRefusal({ exists, originSecret, write: writeAudit }, event, match, problem);
  };

  const handler = middy({ timeoutEarlyInMillis: 0 })
    .use(requestLog('admin request', (event) => logFields(event, matches.get(event))))
    .use(problemMiddleware(noteRefusal))
    .handler(dispatch) as unknown as AdminHandler;

  return (event, context) => {
    logger.addContext(context);
    return handler(event, context);
  };
}

const pathBelowBase = ({ requestContext }: APIGatewayProxyEvent): string =>
  requestContext.path.replace(BASE_PATH, '');

function memoize<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What only reads is no event of the audit log, and needs no secret. */
const notRequested = (): Promise<undefined> => Promise.resolve(undefined);

/** A change is not refused because it cannot be told where it comes from: the edge's address stands then. */
async function undefinedOnError(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    reportFailure(error);
    return undefined;
  }
}

/** What could be no id names nothing, and may not even be a possible key of the table. */
function assertIds(parameters: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.endsWith('Id') || ID.test(value)) continue;
    if (name === 'domainId') throw noSuchDomain(value);
    throw Problem.notFound(`There is no ${ID_LABELS[name]} with the id "${value.slice(0, 100)}".`);
  }
}

const ID_LABELS: Readonly<Record<string, string>> = { userId: 'user', keyId: 'SCIM key' };

/** Undefined where the path names none. */
async function getExistingDomain(
  domainId: string | undefined,
  find: AdminDependencies['findDomain'],
): Promise<Domain | undefined> {
  if (domainId === undefined) return undefined;
  const domain = await find(domainId);
  if (!domain) throw noSuchDomain(domainId);
  return domain;
}

/** Answers tell of people and keys, so nothing on the way may keep them. */
const NOT_STORED = { 'cache-control': 'no-store' };

function toResult({ status, body, text, headers }: AdminResponse): APIGatewayProxyResult {
  const mediaType = text?.mediaType ?? (body && 'application/json');
  const content = text?.content ?? (body ? JSON.stringify(body) : '');
  // More than Lambda can answer, a client would see as a 502.
  if (bytesInJson(content) > MAX_BODY_BYTES) {
    throw Problem.invalid('The answer would be larger than 6 MB. Ask for less of the list with limit.');
  }
  return {
    statusCode: status,
    headers: { ...NOT_STORED, ...(mediaType && { 'content-type': mediaType }), ...headers },
    body: content,
  };
}

/** `note` is told of each; what it fails by is nobody's matter but ours. */
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

/** Names and bodies are not logged. */
function logFields(event: APIGatewayProxyEvent, match: AdminRouteMatch | undefined) {
  return {
    route: match?.route.path,
    domainId: match?.parameters.domainId,
    callerId: event.requestContext.authorizer?.id as string | undefined,
  };
}
