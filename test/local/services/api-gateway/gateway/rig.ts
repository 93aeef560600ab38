import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiKeys, type StoredApiKeys } from '../../../../../local/services/api-gateway/control/api-keys';
import {
  apiKeysFromTemplate,
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from '../../../../../local/services/api-gateway/api-from-template';
import { Authorizer } from '../../../../../local/services/api-gateway/gateway/authorizer';
import { type GatewayParts, serveApi } from '../../../../../local/services/api-gateway/gateway/server';
import { TokenBuckets } from '../../../../../local/services/api-gateway/gateway/token-buckets';
import { UsagePlans } from '../../../../../local/services/api-gateway/gateway/usage-plan';
import { JsonFile } from '../../../../../local/host/json-file';
import { Functions } from '../../../../../local/services/lambda/functions';
import { LambdaFunction } from '../../../../../local/services/lambda/function';
import { HANG_LIMIT_MS } from '../../../../support/jest/timeouts';
import { apiResources } from '../fixture-template';

export interface GatewayRig {
  readonly url: string;
  readonly keys: ApiKeys;
  readonly plans: { readonly standard: string; readonly unmetered: string };
  readonly logged: string[];
  readonly functions: Functions;
  /** The functions that may not be invoked, by ARN. */
  readonly forbidden: Set<string>;
  /** The ARNs of functions and of their invokers. */
  readonly invocations: (readonly [functionArn: string, sourceArn: string])[];
  flushAuthorizer(): void;
  stop(): Promise<void>;
}

/**
 * Serves the API of the fixture template on a free port. Its functions run in real instances. Its token
 * buckets never refill.
 */
export async function startGateway({
  integrationTimeoutMs = HANG_LIMIT_MS,
  mappings = [],
}: Partial<Pick<GatewayParts, 'integrationTimeoutMs' | 'mappings'>> = {}): Promise<GatewayRig> {
  const directory = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  const resources = apiResources();
  const [api] = apisFromTemplate(resources);
  if (!api) throw new Error('The fixture template has no API.');
  const functions = new Functions();
  functions.add(bundle('Echo', 'echo'));
  functions.add(bundle('Guard', 'authorizer'));
  const forbidden = new Set<string>();
  const invocations: (readonly [string, string])[] = [];
  const mayInvoke = (functionArn: string, sourceArn: string) => {
    invocations.push([functionArn, sourceArn]);
    return !forbidden.has(functionArn);
  };
  const authorizers = new Map(
    authorizersFromTemplate(resources).map((definition) => [
      definition.id,
      new Authorizer(definition, functions.get(definition.functionArn), mayInvoke),
    ]),
  );
  const plans = usagePlansFromTemplate(resources);
  const keys = new ApiKeys(
    plans,
    new JsonFile<StoredApiKeys>(path.join(directory, 'keys.json')),
    apiKeysFromTemplate(resources),
  );
  const usagePlans = new UsagePlans(
    (value, apiId, stage) => keys.planOf(value, apiId, stage),
    () => 0,
  );
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const buckets = new TokenBuckets(() => 0);
  const parts: GatewayParts = {
    api,
    functions,
    authorizers,
    usagePlans,
    buckets,
    mayInvoke,
    log,
    integrationTimeoutMs,
    mappings,
  };
  const listening = await serveApi(() => parts, 0);
  return {
    url: listening.url,
    keys,
    plans: { standard: plans[0]?.id ?? '', unmetered: plans[1]?.id ?? '' },
    logged,
    functions,
    forbidden,
    invocations,
    flushAuthorizer: () => authorizers.forEach((authorizer) => authorizer.flush()),
    stop: async () => {
      await listening.close();
      await Promise.all(functions.all().map((lambda) => lambda.stop()));
      rmSync(directory, { recursive: true });
    },
  };
}

function bundle(logicalId: string, name: string): LambdaFunction {
  return new LambdaFunction({
    name: `App-${logicalId}`,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:App-${logicalId}`,
    file: path.join(__dirname, `../../../bundles/${name}.mjs`),
    exportName: 'handler',
    environment: {},
    memoryMb: 256,
    timeoutMs: HANG_LIMIT_MS,
    initTimeoutMs: HANG_LIMIT_MS,
    print: () => {},
  });
}
