import type { SavedQuery } from '../monitoring/saved-queries';
import {
  countMessages,
  ERRORS_OF_EVENTS,
  ERRORS_OF_REQUESTS,
  errorsOf,
  failedRequests,
  linesOfRequest,
  slowestRoutes,
} from '../monitoring/saved-queries';
import type { LicenseCheckApi } from '../license-check/license-check-api';
import type { ScimFunction } from '../common/scim-function';
import type { ScimApi } from './scim-api';
import type { ScimAuthorizer } from './scim-authorizer';
import type { ScimFunctions } from './scim-functions';

export interface ApiQueriesProps {
  readonly scimApi: ScimApi;
  readonly authorizer: ScimAuthorizer;
  readonly functions: ScimFunctions;
  readonly licenseCheck: LicenseCheckApi;
  /** The function that issues leases. */
  readonly lease: ScimFunction;
  /** The function of the token endpoint. */
  readonly token: ScimFunction;
}

/** Returns the saved queries of the SCIM API and of license checks. */
export function apiQueries({
  scimApi,
  authorizer,
  functions,
  licenseCheck,
  lease,
  token,
}: ApiQueriesProps): SavedQuery[] {
  const { users, groups, bulk, search, discovery, readiness, notFound } = functions;
  const handlers = [users, groups, bulk, search, discovery, readiness, notFound].map((fn) => fn.logGroup);
  const all = [authorizer.handler.logGroup, ...handlers, token.logGroup];
  const { accessLog } = scimApi;
  const checks = [licenseCheck.authorizer.handler.logGroup, licenseCheck.handler.logGroup, lease.logGroup];
  return [
    failedRequests('ApiFailing', accessLog, ['domainId']),
    errorsOf('ApiFailing', all, ERRORS_OF_REQUESTS),
    slowestRoutes('ApiSlow', accessLog),
    {
      name: 'ApiSlow/requests',
      logGroups: handlers,
      query: [
        'fields @timestamp, requestId, domainId, method, route, status, milliseconds',
        'filter message = "request" and milliseconds > 1000',
        'sort milliseconds desc',
        'limit 50',
      ],
    },
    {
      name: 'AuthorizerSlow/overhead',
      logGroups: [accessLog],
      query: [
        'filter integrationLatency >= 0',
        'stats count(*) as requests, pct(responseLatency - integrationLatency, 95) as p95BeforeFunction by bin(5m) as time',
        'sort time desc',
      ],
    },
    errorsOf('AuthorizerSlow', [authorizer.handler.logGroup], ERRORS_OF_EVENTS),
    countMessages('RateCounterUnavailable/causes', handlers, 'message like "rate counter is unavailable"', [
      'error.name',
      'error.message',
    ]),
    {
      name: 'TableThrottled/domains',
      logGroups: handlers,
      query: [
        'filter message = "request" and ispresent(domainId)',
        'stats sum(capacity.throttled) as throttled, count(*) as requests by domainId',
        'sort throttled desc',
        'limit 20',
      ],
    },
    {
      name: 'PlatformDegraded/domains',
      logGroups: [accessLog],
      query: [
        'filter ispresent(domainId)',
        'stats count(*) as requests, sum(responseLatency) as milliseconds by domainId, method, resource',
        'sort milliseconds desc',
        'limit 20',
      ],
    },
    {
      name: 'PlatformDegraded/refused',
      logGroups: [accessLog],
      query: [
        'filter status = 429',
        'stats count(*) as refused by domainId, error',
        'sort refused desc',
        'limit 20',
      ],
    },
    {
      name: 'Restore/provisioning',
      logGroups: [accessLog],
      query: [
        'filter method in ["POST", "PUT", "PATCH", "DELETE"] and status < 300 and ispresent(domainId)',
        'filter resource not like /search/',
        'stats count(*) as changes by domainId, method, resource',
        'sort changes desc',
        'limit 1000',
      ],
    },
    failedRequests('LicenseCheckFailing', licenseCheck.accessLog),
    errorsOf('LicenseCheckFailing', checks, ERRORS_OF_REQUESTS),
    {
      name: 'LicenseChecksThrottled/callers',
      logGroups: [licenseCheck.accessLog],
      query: ['stats count(*) as requests by sourceIp, userAgent, status', 'sort requests desc', 'limit 20'],
    },
    linesOfRequest('scim', [accessLog, ...all]),
    linesOfRequest('license', [licenseCheck.accessLog, ...checks], { hasRoutes: false }),
  ];
}
