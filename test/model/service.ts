import './silence-logger';
import path from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { CLIENT_VARIABLES } from '../../local/cloud/environment';
import { engineCall } from '../../local/services/dynamodb/engine/call';
import { chooseEngine } from '../../local/services/dynamodb/engine/choose';
import { startEngine } from '../../local/services/dynamodb/engine/start';
import { ensureTable } from '../../local/services/dynamodb/table';
import { Children } from '../../local/host/processes/children';
import { StateDirectory } from '../../local/host/state-directory';
import { Teardown } from '../../local/host/processes/teardown';
import { handler as groups } from '../../lambdas/groups';
import { handler as users } from '../../lambdas/users';
import { loadAssembly } from '../../local/cloud/template/assembly';
import { resolveResources } from '../../local/services/services';
import { ENV } from '../../shared/env';
import { openTable, type Table } from '../../shared/store/table/table';
import { apiEvent, lambdaContext, PRINCIPAL } from '../support/requests/api-events';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from '../support/jest/start-system';
import type { ClientRequest } from './requests';

/** The service under test. */
export interface Service {
  readonly table: Table;
  readonly send: (domainId: string, request: ClientRequest) => Promise<APIGatewayProxyResult>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the functions of `/Users` and `/Groups` in this process, with the table of the template on a
 * separate engine. Nothing reads the stream of that table, so thousands of licenses do not delay emails of
 * other tests.
 */
export async function startService(): Promise<Service> {
  const teardown = new Teardown();
  try {
    return await start(teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(teardown: Teardown): Promise<Service> {
  const shared = process.env[STATE_DIRECTORY_VARIABLE] ?? '';
  const state = StateDirectory.open(path.join(shared, 'model'), true);
  const children = new Children(state.logs);
  teardown.add('the reaper', () => children.close());
  const { DYNAMODB_ENGINE: wanted, DYNAMODB_ENDPOINT: endpoint } = process.env;
  const engine = await startEngine(chooseEngine({ wanted, endpoint }), children, state.path, endpoint);
  teardown.add('DynamoDB', engine.stop);
  const definition = resolveResources(loadAssembly(systemAssembly())).find(
    ({ type }) => type === 'AWS::DynamoDB::Table',
  );
  if (!definition) throw new Error('The template has no table.');
  const { name } = await ensureTable(engineCall(engine.endpoint), definition, true);
  Object.assign(process.env, CLIENT_VARIABLES, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    [ENV.tableName]: name,
    [ENV.auditRetentionDays]: '30',
    [ENV.keyGraceDays]: '30',
    [ENV.requireMailAddress]: 'false',
    [ENV.ratePlans]: '{}',
  });
  return { table: openTable(name), send, stop: () => teardown.run() };
}

function send(
  domainId: string,
  { method, path: target, query, headers, body }: ClientRequest,
): Promise<APIGatewayProxyResult> {
  const event = apiEvent({
    method,
    path: target,
    query,
    headers: { ...headers, ...(body && { 'content-type': 'application/scim+json' }) },
    body: body ? JSON.stringify(body) : null,
    authorizer: { ...PRINCIPAL, domainId },
  });
  event.requestContext.requestTimeEpoch = Date.now();
  return (target.startsWith('/Users') ? users : groups)(event, lambdaContext);
}
