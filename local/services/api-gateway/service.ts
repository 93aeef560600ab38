import type { CloudContext } from '../../cloud/context';
import type { AwsOperations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { REGION, URL_SUFFIX } from '../../cloud/template/account';
import { byId, byIdAttribute, nameOf, type ResourceTypes, shortId } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { replaceUrls, type Rewrite } from '../../cloud/template/rewrite';
import type { LambdaService } from '../lambda/service';
import type { LogsService } from '../logs/service';
import type { Api } from './api';
import {
  apiKeysFromTemplate,
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from './api-from-template';
import { mappingsOfApi } from './base-path-mappings';
import { ApiKeys } from './control/api-keys';
import { ControlLimits } from './control/limits';
import { controlOperations } from './control/operations';
import { Authorizer } from './gateway/authorizer';
import { INTEGRATION_TIMEOUT_MS } from './gateway/integration';
import { type GatewayParts, serveApi } from './gateway/server';
import { TokenBuckets } from './gateway/token-buckets';
import { UsagePlans } from './gateway/usage-plan';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::ApiGateway::RestApi': (naming) => {
    const id = shortId(naming);
    return { ref: id, attributes: { RootResourceId: `${id}root`, RestApiId: id } };
  },
  'AWS::ApiGateway::Resource': byId,
  'AWS::ApiGateway::Method': byId,
  'AWS::ApiGateway::Authorizer': byIdAttribute('AuthorizerId'),
  'AWS::ApiGateway::GatewayResponse': byId,
  'AWS::ApiGateway::Deployment': byIdAttribute('DeploymentId'),
  'AWS::ApiGateway::Stage': (naming) => ({ ref: nameOf('StageName', naming), attributes: {} }),
  'AWS::ApiGateway::ApiKey': byIdAttribute('APIKeyId'),
  'AWS::ApiGateway::DomainName': (naming) => ({
    ref: nameOf('DomainName', naming),
    attributes: { RegionalDomainName: `d-${shortId(naming)}.execute-api.${REGION}.${URL_SUFFIX}` },
  }),
  'AWS::ApiGateway::BasePathMapping': byId,
  'AWS::ApiGateway::UsagePlanKey': byId,
  'AWS::ApiGateway::UsagePlan': byIdAttribute('Id'),
};

/**
 * API Gateway with REST APIs, each on a port of its own, and the control plane of keys, usage plans and
 * caches.
 */
export class ApiGatewayService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** API id → port. Set by `prepare`. */
  readonly ports = new Map<string, number>();
  private apis: readonly Api[] = [];
  private authorizers: ReadonlyMap<string, Authorizer> = new Map();
  /** Set by `start`. */
  private keys!: ApiKeys;
  /** Set by `start`. */
  private limits!: ControlLimits;
  private readonly gateways = new Map<string, GatewayParts>();

  constructor(
    private readonly lambda: LambdaService,
    private readonly logs: LogsService,
  ) {}

  /** The first API listens on the port of the settings, further ones on free ports. */
  async prepare({ settings, teardown }: CloudContext, resources: readonly Resource[]): Promise<Rewrite> {
    this.apis = apisFromTemplate(resources);
    const urls: [string, string][] = [];
    for (const [index, { id }] of this.apis.entries()) {
      const listening = await serveApi(() => this.gateways.get(id), index === 0 ? settings.port : 0);
      teardown.add('the API', listening.close);
      this.ports.set(id, listening.port);
      urls.push([`https://${id}.execute-api.${REGION}.${URL_SUFFIX}/`, `${listening.url}/`]);
      for (const { domainName, basePath, stage } of mappingsOfApi(resources, id))
        urls.push([`https://${domainName}/${basePath}/`, `${listening.url}/${stage}/`]);
    }
    return replaceUrls(urls);
  }

  start({ log, metrics, settings, state }: CloudContext, resources: readonly Resource[]): void {
    const { functions, roles } = this.lambda;
    const mayInvoke = (functionArn: string, sourceArn: string) =>
      roles.mayInvoke(functionArn, 'apigateway.amazonaws.com', sourceArn);
    this.authorizers = new Map(
      authorizersFromTemplate(resources).map((definition) => [
        definition.id,
        new Authorizer(definition, functions.get(definition.functionArn), mayInvoke),
      ]),
    );
    this.limits = new ControlLimits(settings.controlPlane);
    this.keys = new ApiKeys(
      usagePlansFromTemplate(resources),
      state.file('api-keys.json'),
      apiKeysFromTemplate(resources),
    );
    const usagePlans = new UsagePlans((value, apiId, stage) => this.keys.planOf(value, apiId, stage));
    const { authorizers } = this;
    const buckets = new TokenBuckets();
    const integrationTimeoutMs = INTEGRATION_TIMEOUT_MS * settings.timeoutFactor;
    const parts = { functions, authorizers, usagePlans, buckets, mayInvoke, log, integrationTimeoutMs };
    for (const api of this.apis) {
      const logGroup = logGroupOf(api.accessLog?.logGroupArn ?? '');
      const logAccess = (line: string) => this.logs.append(logGroup, line);
      const mappings = mappingsOfApi(resources, api.id);
      this.gateways.set(api.id, { api, ...parts, metrics, logAccess, mappings });
    }
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_API_GATEWAY: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return controlOperations(this.keys, this.limits, (apiId, stage) => this.flushAuthorizers(apiId, stage));
  }

  /** Empties the authorizer caches of a stage. Returns false if there is no such stage. */
  private flushAuthorizers(apiId: string, stage: string): boolean {
    if (!this.apis.some((api) => api.id === apiId && api.stage === stage)) return false;
    for (const authorizer of this.authorizers.values()) if (authorizer.apiId === apiId) authorizer.flush();
    return true;
  }
}

/** `arn:aws:logs:…:log-group:<name>:*`, with or without its end. */
const logGroupOf = (arn: string): string => /:log-group:([^:]+)/.exec(arn)?.[1] ?? '';
