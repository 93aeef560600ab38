import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import {
  countMessages,
  ERRORS_OF_REQUESTS,
  errorsOf,
  failedRequests,
  linesOfRequest,
  type SavedQuery,
  slowestRoutes,
} from '../monitoring/saved-queries';

export interface AdminQueriesProps {
  readonly accessLog: ILogGroup;
  readonly authorizer: ILogGroup;
  readonly handler: ILogGroup;
  readonly users: ILogGroup;
}

/** Returns the saved queries of the admin API. */
export const adminQueries = ({ accessLog, authorizer, handler, users }: AdminQueriesProps): SavedQuery[] => [
  failedRequests('AdminApiFailing', accessLog),
  countMessages('AdminApiFailing/routes', [handler, users], 'message = "admin request" and status >= 500', [
    'route',
    'status',
  ]),
  errorsOf('AdminApiFailing', [authorizer, handler, users], ERRORS_OF_REQUESTS),
  slowestRoutes('AdminApiSlow', accessLog),
  countMessages(
    'UsageKeySweepFailed/causes',
    [handler],
    'message = "Sweep of usage keys failed and will be retried"',
    ['domainId', 'errorName', 'errorMessage'],
  ),
  countMessages(
    'AccountCheckFailed/causes',
    [handler],
    'message = "The account of a former administrator could not be deleted, and will be tried again"',
    ['errorName', 'errorMessage'],
  ),
  {
    name: 'Restore/administration',
    logGroups: [handler, users],
    query: [
      'fields @timestamp, callerId, domainId, method, route, requestId',
      'filter message = "admin request" and method != "GET" and status < 300',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  linesOfRequest('admin', [accessLog, authorizer, handler, users]),
];
