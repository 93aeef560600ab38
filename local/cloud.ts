import { ApiGatewayControl } from './control/api-gateway';
import { ApiKeys, type StoredApiKeys } from './control/api-keys';
import { Parameters } from './control/parameters';
import { Secrets } from './control/secrets';
import { Sqs } from './control/sqs';
import type { ControlParts } from './control/server';
import { localOperations, type TakeCapacity } from './control/local-operations';
import { signInOperations } from './control/sign-in-operations';
import { distributionsFromTemplate, type Distribution } from './cloudfront/distribution';
import { type EdgeParts, serveDistribution } from './cloudfront/server';
import { engineCall } from './engine/call';
import type { Engine } from './engine/engine';
import { ensureTable, type Table } from './engine/table';
import type { Api } from './gateway/api';
import {
  apiKeysFromTemplate,
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from './gateway/api-from-template';
import { Authorizer } from './gateway/authorizer';
import { type GatewayParts, serveApi } from './gateway/server';
import { TokenBuckets } from './gateway/token-buckets';
import { UsagePlans } from './gateway/usage-plan';
import { Schedules } from './events/schedules';
import type { StateDirectory } from './host/state-directory';
import type { Teardown } from './host/teardown';
import { UserError } from './host/user-error';
import { AsyncInvocations } from './lambda/async-invocations';
import { accessKeyId } from './lambda/environment';
import { lambdaFromTemplate } from './lambda/from-template';
import type { LambdaFunction } from './lambda/function';
import { EventDestinations } from './mail/event-destinations';
import { Queues, type StoredQueues } from './queues/queues';
import { Issuer } from './oidc/issuer';
import { Topics } from './sns/topics';
import { type Checkpoints, Mapping } from './stream/mapping';
import { mappingsFromTemplate } from './stream/mapping-settings';
import { publicUrls, rewriteUrls } from './template/public-urls';
import type { Resource } from './template/resources';

export interface CloudSettings {
  readonly engine: Engine;
  readonly state: StateDirectory;
  readonly fresh: boolean;
  /** Of the first REST API; others take free ones. */
  readonly port: number;
  /** Of the portal's distribution. */
  readonly portalPort: number;
  /** `AWS_ENDPOINT_URL_…` → URL, as the functions see them. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly verbose: boolean;
  readonly log: (line: string) => void;
  readonly teardown: Teardown;
}

/** The running resources of the template. */
export class Cloud {
  private constructor(
    readonly functions: ReadonlyMap<string, LambdaFunction>,
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

    const own = rewriteUrls(resources, new Map([...publicUrls(ports), ...edgeUrls, ...issuerUrls]));
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
      new Secrets(ofType(own, 'AWS::SecretsManager::Secret'), state.file('secrets.json')),
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

function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
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

/** Takes the ports before anything else is built: the template names the APIs' URLs. Returns the port by API id. */
async function listenForApis(
  apis: readonly Api[],
  gateways: ReadonlyMap<string, GatewayParts>,
  { port, teardown }: CloudSettings,
): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const [index, { id }] of apis.entries()) {
    const listening = await serveApi(() => gateways.get(id), index === 0 ? port : 0);
    teardown.add('the API', listening.close);
    ports.set(id, listening.port);
  }
  return ports;
}

/** Takes the ports; returns the URL of each distribution in AWS → where it is served here. */
async function listenForDistributions(
  distributions: readonly Distribution[],
  edges: ReadonlyMap<string, EdgeParts>,
  { portalPort, teardown }: CloudSettings,
): Promise<Map<string, string>> {
  const urls = new Map<string, string>();
  for (const [index, { id, url }] of distributions.entries()) {
    const listening = await serveDistribution(() => edges.get(id), index === 0 ? portalPort : 0);
    teardown.add('the portal', listening.close);
    urls.set(url, listening.url);
  }
  return urls;
}

function startFunctions(
  resources: readonly Resource[],
  settings: CloudSettings,
): Map<string, LambdaFunction> {
  const hosting = {
    endpoints: settings.endpoints,
    logDirectory: settings.state.logs,
    verbose: settings.verbose,
  };
  const functions = new Map<string, LambdaFunction>();
  const ofCustomResources = new Set(resources.map(({ properties }) => properties.ServiceToken));
  for (const resource of ofType(resources, 'AWS::Lambda::Function')) {
    // They would set up in AWS what this host does by itself.
    if (ofCustomResources.has(resource.attributes.Arn)) continue;
    const lambda = lambdaFromTemplate(resource, hosting);
    settings.teardown.add(lambda.name, () => lambda.stop());
    functions.set(lambda.arn, lambda);
  }
  return functions;
}

function startMappings(
  resources: readonly Resource[],
  tables: readonly Table[],
  functions: ReadonlyMap<string, LambdaFunction>,
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

/** From SES to the topics, and from those to the functions. */
function startMailEvents(
  resources: readonly Resource[],
  functions: ReadonlyMap<string, LambdaFunction>,
  queues: Queues,
  { teardown, log }: CloudSettings,
): EventDestinations {
  const invocations = new AsyncInvocations({
    configs: ofType(resources, 'AWS::Lambda::EventInvokeConfig'),
    send: (queueArn, body) => queues.send(queueArn, body),
    log,
  });
  teardown.add('asynchronous invocations', () => invocations.stop());
  const topics = new Topics({
    subscriptions: ofType(resources, 'AWS::SNS::Subscription'),
    functionOf: (arn) => functionOf(functions, arn),
    invoke: (lambda, event) => invocations.invoke(lambda, event),
  });
  return new EventDestinations(
    ofType(resources, 'AWS::SES::ConfigurationSetEventDestination'),
    (topicArn, subject, message) => topics.publish(topicArn, subject, message),
  );
}

/** By ARN or name. */
function functionOf(functions: ReadonlyMap<string, LambdaFunction>, id: string): LambdaFunction {
  const lambda = functions.get(id) ?? [...functions.values()].find(({ name }) => name === id);
  if (!lambda) throw new UserError(`The template names the function ${id}, which it does not have.`);
  return lambda;
}
