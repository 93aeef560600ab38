import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pathInStage } from '../stage/stage';

/** A query of Logs Insights that the runbook names. */
export interface SavedQuery {
  /** The entry of docs/runbook.md, and what the query answers: `ApiFailing/requests`. */
  readonly name: string;
  readonly logGroups: readonly ILogGroup[];
  /** One command a line. */
  readonly query: readonly string[];
}

export interface SavedQueriesProps {
  readonly queries: readonly SavedQuery[];
}

/** The queries of a stack's logs. CloudWatch shows them in the folders of their names. */
export class SavedQueries extends Construct {
  public constructor(scope: Construct, id: string, { queries }: SavedQueriesProps) {
    super(scope, id);
    for (const { name, logGroups, query } of queries)
      new CfnQueryDefinition(this, name.replace(/\W/g, ''), {
        name: `${pathInStage(this, 'scim')}/${name}`,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
        queryString: query.join('\n| '),
      });
  }
}

/**
 * The fields of the errors of functions that answer requests, of other events, and of those that work on many
 * items.
 */
export const ERRORS_OF_REQUESTS = ['requestId', 'error.name', 'error.message'];
export const ERRORS_OF_EVENTS = ['error.name', 'error.message'];
export const ERRORS_OF_WORK = ['errorName', 'errorMessage', 'error.name', 'error.message'];

const errors = (fields: readonly string[]) => [
  // The lines of invocations that Lambda ended have no fields. An authorizer refuses a credential by an
  // error.
  `fields @timestamp, @log, function_request_id, message, ${fields.join(', ')}, @message`,
  'filter level in ["ERROR", "CRITICAL"] or @message like /Task timed out|Runtime\\.|FunctionError/',
  'filter @message not like /Error: Unauthorized/',
  'sort @timestamp desc',
  'limit 50',
];

/** Returns the query of the errors of functions, and of invocations that Lambda ended. */
export const errorsOf = (
  entry: string,
  logGroups: readonly ILogGroup[],
  fields: readonly string[],
): SavedQuery => ({ name: `${entry}/errors`, logGroups, query: errors(fields) });

/** Returns the query of failed requests by their cause, from an access log. `by` are further fields. */
export const failedRequests = (
  entry: string,
  accessLog: ILogGroup,
  by: readonly string[] = [],
): SavedQuery => ({
  name: `${entry}/requests`,
  logGroups: [accessLog],
  query: [
    'filter status >= 500',
    `stats count(*) as requests, latest(requestId) as example by ${['status', 'error', 'resource', ...by].join(', ')}`,
    'sort requests desc',
  ],
});

/** Returns the query of the slowest routes, from an access log. */
export const slowestRoutes = (entry: string, accessLog: ILogGroup): SavedQuery => ({
  name: `${entry}/routes`,
  logGroups: [accessLog],
  query: [
    'filter responseLatency > 0',
    'stats count(*) as requests, pct(responseLatency, 95) as p95, max(responseLatency) as slowest, ' +
      'pct(integrationLatency, 95) as p95OfFunction by method, resource',
    'sort p95 desc',
    'limit 20',
  ],
});

/** Returns the query of everything that the logs say about a request. */
export const linesOfRequest = (
  api: string,
  logGroups: readonly ILogGroup[],
  { hasRoutes = true }: { readonly hasRoutes?: boolean } = {},
): SavedQuery => ({
  name: `Request/${api}`,
  logGroups,
  query: [
    `fields @timestamp, @log, level, message, method, resource, ${hasRoutes ? 'route, ' : ''}status, error, error.name, error.message`,
    'filter @message like "REQUEST-ID"',
    'sort @timestamp asc',
    'limit 100',
  ],
});

/** Returns the query that counts messages by some of their fields. */
export const countMessages = (
  name: string,
  logGroups: readonly ILogGroup[],
  filter: string,
  by: readonly string[],
): SavedQuery => ({
  name,
  logGroups,
  query: [`filter ${filter}`, `stats count(*) as events by ${by.join(', ')}`, 'sort events desc', 'limit 50'],
});
