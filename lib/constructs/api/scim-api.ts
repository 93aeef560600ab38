import { Size, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RatePlans } from '../../../shared/rate-plan';
import { GatewayResponses } from './gateway-responses';
import { RateUsagePlans } from './rate-usage-plans';
import { SCIM_ACCESS_LOG_FORMAT } from '../common/access-log-formats';
import { type RouteTarget, ROUTES, SCIM_VERSION } from './scim-routes';
import type { ScimAuthorizer } from './scim-authorizer';
import type { ScimFunctions } from './scim-functions';
import { ServiceLog } from '../common/service-log';

/** Part of every base URL, on the raw address of the API and on a custom domain. */
export const SCIM_STAGE = 'scim';

export interface ScimApiProps {
  readonly authorizer: ScimAuthorizer;
  readonly functions: ScimFunctions;
  readonly ratePlans: RatePlans;
  /** Whether API Gateway's role for logs is set, which holds for the whole account and region. */
  readonly setAccountRole: boolean;
}

/** The REST API. Every path leads through the authorizer and a usage plan to a function, which answers wrong methods. */
export class ScimApi extends Construct {
  public readonly api: RestApi;
  public readonly accessLog: LogGroup;
  public readonly ratePlans: RateUsagePlans;
  /** Ends in `/scim/v2`. */
  public readonly baseUrl: string;

  public constructor(scope: Construct, id: string, props: ScimApiProps) {
    super(scope, id);
    this.accessLog = new ServiceLog(this, 'AccessLog');
    this.api = new RestApi(this, 'Api', {
      restApiName: 'scim-provisioning',
      description: 'SCIM 2.0 (RFC 7643, RFC 7644)',
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      minCompressionSize: Size.kibibytes(1),
      // A large group is compressed by its function, in base64, which only these are turned back into bytes; API Gateway goes
      // by the request's Accept as well, which may be anything. In return every request body reaches the functions in base64.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: props.setAccountRole,
      deployOptions: {
        stageName: SCIM_STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(SCIM_ACCESS_LOG_FORMAT),
        loggingLevel: MethodLoggingLevel.ERROR,
        metricsEnabled: true,
      },
      defaultMethodOptions: {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: props.authorizer.authorizer,
        apiKeyRequired: true,
      },
    });
    this.addRoutes(props.functions);
    new GatewayResponses(this, 'GatewayResponses', { api: this.api, ratePlans: props.ratePlans });
    this.ratePlans = new RateUsagePlans(this, 'RatePlans', { api: this.api, ratePlans: props.ratePlans });
    this.baseUrl = this.api.urlForPath(`/${SCIM_VERSION}`);
    this.acknowledgeFindings(props.setAccountRole);
  }

  private addRoutes(functions: ScimFunctions): void {
    const integration = (target: RouteTarget): LambdaIntegration =>
      // One permission for each function instead of one for each method.
      new LambdaIntegration(functions[target].function, { scopePermissionToMethod: false });
    for (const [path, target] of ROUTES)
      this.api.root.resourceForPath(path).addMethod('ANY', integration(target));
  }

  private acknowledgeFindings(setAccountRole: boolean): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'The functions validate requests against the SCIM schemas and answer SCIM errors.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'Limits hold per SCIM key, not per address; a web ACL is the choice of whoever deploys.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'SCIM clients send bearer keys, which a Lambda authorizer checks on every method.',
      },
    );
    if (setAccountRole) {
      Validations.of(this.api).acknowledge({
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: 'The policy that AWS maintains for this role, which API Gateway alone may assume.',
      });
    }
  }
}
