import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ENV, requireEnv } from '../../env';

/** What DynamoDB answers when it is busy, and what the SDK throws when no answer came in time. */
const TRANSIENT_ERRORS = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
]);

/** Whether the same request may well succeed in a moment: the SDK's own tries are over, the client's are not. */
export const isTransientError = (error: unknown): boolean =>
  error instanceof Error && TRANSIENT_ERRORS.has(error.name);

let client: DynamoDBDocumentClient | undefined;

/** The one client of this process. Its timeouts leave room for a second try within an API request's 29 s. */
export function documentClient(): DynamoDBDocumentClient {
  client ??= DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 4,
      // Without the last of these a timeout only writes a warning.
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  return client;
}

/** A table and the client that reaches it: what every store works on. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
  /** Milliseconds since the epoch: a transaction that meets another is not tried again after it. */
  readonly deadline?: number;
}

/** The table of this deployment, named by the environment unless `name` is given. */
export const openTable = (name = requireEnv(ENV.tableName)): Table => ({ name, client: documentClient() });
