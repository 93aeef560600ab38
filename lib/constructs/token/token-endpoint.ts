import { Duration, Validations } from 'aws-cdk-lib';
import {
  type ApiKey,
  AuthorizationType,
  IdentitySource,
  LambdaIntegration,
  RequestAuthorizer,
  type RestApi,
  UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { TOKEN_PATH } from '../../../shared/credentials/oauth-paths';
import { ENV } from '../../../shared/env';
import type { Config } from '../../config';
import { chainPlanKeys } from '../gateway/chain-plan-keys';
import { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';

/**
 * The limit of each share of the callers' addresses. Microsoft sends the requests of many customers from one
 * address.
 */
const SHARE_LIMIT = { rateLimit: 20, burstLimit: 200 };

export interface TokenEndpointProps {
  /** The SCIM API. */
  readonly api: RestApi;
  readonly table: ScimTable;
  readonly keyPepper: ScimSecret;
  readonly accessTokenSecret: ScimSecret;
  /** The function that assigns the address of a caller to one of `shareKeys`. */
  readonly shares: ScimFunction;
  /** The API keys of the shares, which are also on the usage plan of another API. */
  readonly shareKeys: readonly ApiKey[];
  /** The usage plan on which the keys are already. API Gateway puts one key at a time on a plan. */
  readonly otherPlan: UsagePlan;
  readonly config: Pick<Config, 'accessTokenMinutes' | 'auditRetentionDays' | 'jwksOrigins'>;
}

/**
 * The token endpoint, next to the base URL of SCIM. Its clients have no SCIM key, so their requests count by
 * their addresses, as license checks do. The function itself limits the tokens of each client.
 */
export class TokenEndpoint extends Construct {
  public readonly handler: ScimFunction;
  public readonly authorizer: RequestAuthorizer;

  public constructor(scope: Construct, id: string, props: TokenEndpointProps) {
    super(scope, id);
    const { api, table, keyPepper, accessTokenSecret, config } = props;
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'token',
      description: 'Issues access tokens for client secrets and client assertions',
      timeout: Duration.seconds(10),
    });
    table.grantTokens(this.handler);
    for (const secret of [keyPepper, accessTokenSecret]) secret.grantRead(this.handler);
    this.handler.addEnvironment({
      [ENV.accessTokenMinutes]: String(config.accessTokenMinutes),
      [ENV.auditRetentionDays]: String(config.auditRetentionDays),
      [ENV.jwksOrigins]: JSON.stringify(config.jwksOrigins),
    });
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: props.shares.target,
      identitySources: [IdentitySource.context('identity.sourceIp')],
      // The maximum. The result depends only on the address.
      resultsCacheTtl: Duration.hours(1),
    });
    const method = api.root
      .resourceForPath(TOKEN_PATH)
      // ANY lets the function refuse a wrong method in the format of its other errors.
      .addMethod('ANY', new LambdaIntegration(this.handler.target, { scopePermissionToMethod: false }), {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: this.authorizer,
        apiKeyRequired: true,
      });
    Validations.of(method).acknowledge({
      id: 'AwsSolutions-COG4',
      reason:
        'The clients of OAuth authenticate with a client secret or an assertion, which the function checks.',
    });
    this.addPlan(props);
  }

  private addPlan({ api, shareKeys, otherPlan }: TokenEndpointProps): void {
    const plan = new UsagePlan(this, 'Plan', {
      description: "Requests for access tokens, by share of the callers' addresses",
      apiStages: [{ api, stage: api.deploymentStage }],
      throttle: SHARE_LIMIT,
    });
    for (const key of shareKeys) plan.addApiKey(key);
    chainPlanKeys([otherPlan, plan]);
  }
}
