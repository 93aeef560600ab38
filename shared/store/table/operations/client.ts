import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requestTimeouts } from '../../../request-timeouts';
import { measureCapacity } from './measure-capacity';

let client: DynamoDBClient | undefined;

/**
 * Returns the one client of this process. Its timeouts leave room for a second attempt within the 29 s of an
 * API request.
 */
export function tableClient(): DynamoDBClient {
  client ??= openClient();
  return client;
}

function openClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    // The middlewares of a command never change, so they are assembled once and not for each request.
    cacheMiddleware: true,
    // Only `Table` knows which requests may be sent again.
    maxAttempts: 1,
    requestHandler: requestTimeouts(5_000),
  });
  measureCapacity(client);
  return client;
}

/** The name of a table and the client that reaches it. */
export interface TableClient {
  readonly name: string;
  readonly client: DynamoDBClient;
}
