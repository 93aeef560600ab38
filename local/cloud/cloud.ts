import { ApiGatewayControl } from '../services/api-gateway/control/operations';
import { ApiKeys, type StoredApiKeys } from '../services/api-gateway/control/api-keys';
import { Parameters } from '../services/ssm/parameters';
import { Secrets } from '../services/secrets-manager/secrets';
import { Sqs } from '../services/sqs/operations';
import type { ControlParts } from './endpoint/server';
import { localOperations, type TakeCapacity } from '../services/services';
import { signInOperations } from '../services/cognito/operations';
import { distributionsFromTemplate } from '../services/cloudfront/distribution';
import type { EdgeParts } from '../services/cloudfront/server';
import type { CloudSettings } from './context';
import { engineCall } from '../services/dynamodb/engine/call';
import { ensureTable, type Table } from '../services/dynamodb/table';
import type { Api } from '../services/api-gateway/api';
import {
  apiKeysFromTemplate,
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from '../services/api-gateway/api-from-template';
import { Authorizer } from '../services/api-gateway/gateway/authorizer';
import type { GatewayParts } from '../services/api-gateway/gateway/server';
import { TokenBuckets } from '../services/api-gateway/gateway/token-buckets';
import { UsagePlans } from '../services/api-gateway/gateway/usage-plan';
import { Schedules } from '../services/events/schedules';
import { UserError } from '../host/user-error';
import { accessKeyId } from '../services/lambda/environment';
import { functionOf, type Functions, startFunctions } from '../services/lambda/service';
import { listenForApis, listenForDistributions } from '../services/api-gateway/service';
import type { EventDestinations } from '../services/ses/event-destinations';
import { startMailEvents } from '../services/ses/service';
import { Queues, type StoredQueues } from '../services/sqs/queues';
import { Issuer } from '../services/cognito/issuer';
import { type Checkpoints, Mapping } from '../services/event-source-mappings/mapping';
import { mappingsFromTemplate } from '../services/event-source-mappings/mapping-settings';
import { resolveSecrets } from '../services/secrets-manager/dynamic-references';
import { publicUrls, rewriteUrls } from './template/rewrite';
import { ofType, type Resource } from './template/resources';

/** The running resources of the template. */
export class Cloud {
  private constructor(
    readonly functions: Functions,
    readonly queues: Queues,
    private readonly schedules: Schedules,
    private readonly apis: readonly Api[],
    private readonly authorizers: ReadonlyMap<string, Authorizer>,
    private readonly keys: ApiKeys,
    private readonly secrets: Secrets,
    private readonly parameters: Parameters,
    /** Where the events of mails go. */
    readonly mailEvents: EventDestinations,
    /** Where the portal's users sign in, unless that is elsewhere. */
    readonly issuer: Issuer | undefined,
  ) {}

  static async start(resources: readonly Resource[], settings: CloudSettings): Promise<Cloud> {
    const { state, log } = settings;
    const apis = apisFromTemplate(resources);
    const tables = await startTables(resources, settings);
    const gateways = new Map<string, GatewayParts>();
    const ports = await listenForApis(apis, gateways, settings);
    const edges = new Map<string, EdgeParts>();
    const edgeUrls = await listenForDistributions(distributionsFromTemplate(resources), edges, settings);

    const issuer = await Issuer.listen(resources, settings.teardown);
    const issuerUrls = (issuer?.replaces ?? []).map((url) => [url, issuer?.url ?? ''] as const);

    const secrets = new Secrets(ofType(resources, 'AWS::SecretsManager::Secret'), state.file('secrets.json'));
    const own = rewriteUrls(
      resolveSecrets(resources, (arn) => secrets.textOf(arn)),
      new Map([...publicUrls(ports), ...edgeUrls, ...issuerUrls]),
    );
    await issuer?.open(own);
    const functions = startFunctions(own, settings);
    for (const distribution of distributionsFromTemplate(own)) {
      edges.set(distribution.id, { distribution, apiPorts: ports });
    }
    const authorizers = new Map(
      authorizersFromTemplate(own).map((definition) => [
        definition.id,
        new Authorizer(definition, functionOf(functions, definition.functionArn)),
      ]),
    );
    const keys = new ApiKeys(
      usagePlansFromTemplate(own),
      state.file<StoredApiKeys>('api-keys.json'),
      apiKeysFromTemplate(own),
    );
    const usagePlans = new UsagePlans((value, apiId, stage) => keys.planOf(value, apiId, stage));
    const queues = new Queues(ofType(own, 'AWS::SQS::Queue'), state.file<StoredQueues>('queues.json'));
    const schedules = new Schedules(
      ofType(own, 'AWS::Events::Rule'),
      (arn) => functionOf(functions, arn),
      log,
    );
    schedules.start();
    settings.teardown.add('the schedules', () => schedules.stop());
    startMappings(own, tables, functions, queues, settings);
    const buckets = new TokenBuckets();
    for (const api of apis) gateways.set(api.id, { api, functions, authorizers, usagePlans, buckets, log });
    return new Cloud(
      functions,
      queues,
      schedules,
      apis,
      authorizers,
      keys,
      secrets,
      new Parameters(ofType(own, 'AWS::SSM::Parameter')),
      startMailEvents(own, functions, queues, settings),
      issuer,
    );
  }

  controlParts(takeCapacity: TakeCapacity): ControlParts {
    return {
      secrets: this.secrets,
      parameters: this.parameters,
      sqs: new Sqs(this.queues),
      apiGateway: new ApiGatewayControl(this.keys, (apiId, stage) => this.flushAuthorizers(apiId, stage)),
      local: {
        ...localOperations({
          functions: this.functions,
          queues: this.queues,
          schedules: this.schedules,
          takeCapacity,
        }),
        ...signInOperations(this.issuer),
      },
    };
  }

  parameter(name: string): string {
    const value = this.parameters.value(name);
    if (value === undefined) throw new UserError(`The template has no SSM parameter ${name}.`);
    return value;
  }

  /** The function whose access key id this is; the host's own requests are from `host`. */
  callerOf(id: string): string {
    const names = [...this.functions.values()].map(({ name }) => name);
    return names.find((name) => accessKeyId(name) === id) ?? 'host';
  }

  private flushAuthorizers(apiId: string, stage: string): boolean {
    if (!this.apis.some((api) => api.id === apiId && api.stage === stage)) return false;
    for (const authorizer of this.authorizers.values()) if (authorizer.apiId === apiId) authorizer.flush();
    return true;
  }
}

async function startTables(
  resources: readonly Resource[],
  { engine, fresh }: CloudSettings,
): Promise<Table[]> {
  const tables: Table[] = [];
  for (const resource of ofType(resources, 'AWS::DynamoDB::Table')) {
    tables.push(await ensureTable(engineCall(engine.endpoint), resource, fresh));
  }
  return tables;
}

function startMappings(
  resources: readonly Resource[],
  tables: readonly Table[],
  functions: Functions,
  queues: Queues,
  { engine, state, teardown, log }: CloudSettings,
): void {
  for (const settings of mappingsFromTemplate(resources)) {
    const table = tables.find(({ templateStreamArn }) => templateStreamArn === settings.streamArn);
    if (!table?.engineStreamArn)
      throw new UserError(`No table of the template has the stream ${settings.streamArn}.`);
    const mapping = new Mapping({
      settings,
      lambda: functionOf(functions, settings.functionName),
      call: engineCall(engine.endpoint),
      engineStreamArn: table.engineStreamArn,
      isNewStream: table.isNew,
      checkpoints: state.file<Checkpoints>(`checkpoints-${settings.id}.json`),
      queues,
      log,
    });
    mapping.start();
    teardown.add('an event source mapping', () => mapping.stop());
  }
}
