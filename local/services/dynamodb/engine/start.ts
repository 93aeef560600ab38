import { UserError } from '../../../host/user-error';
import type { Children } from '../../../host/children';
import { engineCall } from './call';
import { startDynamoDbLocal } from './dynamodb-local';
import { startDynoxide } from './dynoxide';
import type { Engine, EngineKind } from './engine';

/** Starts the engine, or finds the one at `endpoint`. Data that survives a restart is in `dataDirectory`. */
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
      `No DynamoDB answers at DYNAMODB_ENDPOINT (${endpoint}): ${(error as Error).message}`,
    );
  }
  return {
    kind: 'endpoint',
    endpoint: endpoint.replace(/\/$/, ''),
    crashed: new Promise<never>(() => {}),
    stop: () => Promise.resolve(),
  };
}
