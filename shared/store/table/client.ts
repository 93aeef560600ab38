import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { requestTimeouts } from '../../request-timeouts';
import { measureCapacity } from './measure-capacity';

let client: DynamoDBDocumentClient | undefined;

/**
 * Returns the one client of this process. Its timeouts leave room for a second attempt within the 29 s of an
 * API request.
 */
export function documentClient(): DynamoDBDocumentClient {
  client ??= openClient();
  return client;
}

function openClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    // Only `Table` knows which requests may be sent again.
    maxAttempts: 1,
    requestHandler: requestTimeouts(5_000),
  });
  measureCapacity(client);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** The name of a table and the client that reaches it. */
export interface TableClient {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}
