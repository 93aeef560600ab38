import type { EngineKind } from '../../../cloud/settings';
import type { Children } from '../../../host/processes/children';
import { UserError } from '../../../host/user-error';
import { engineCall } from './call';
import { startDynamoDbLocal } from './dynamodb-local';
import { startDynoxide } from './dynoxide';
import type { Engine } from './engine';

/**
 * Starts the engine, or connects to the one at `endpoint`. `dataDirectory` contains the data that survives a
 * restart.
 */
export function startEngine(
  kind: EngineKind,
  children: Children,
  dataDirectory: string,
  endpoint?: string,
): Promise<Engine> {
  switch (kind) {
    case 'dynoxide':
      return startDynoxide(children, dataDirectory);
    case 'dynamodb-local':
      return startDynamoDbLocal(children, dataDirectory);
    case 'endpoint':
      return reachEndpoint(endpoint);
  }
}

async function reachEndpoint(endpoint = ''): Promise<Engine> {
  try {
    await engineCall(endpoint)('DynamoDB_20120810.ListTables', {});
  } catch (error) {
    throw new UserError(
      `No DynamoDB responds at DYNAMODB_ENDPOINT (${endpoint}): ${(error as Error).message}`,
    );
  }
  return {
    kind: 'endpoint',
    endpoint: endpoint.replace(/\/$/, ''),
    stop: () => Promise.resolve(),
  };
}
