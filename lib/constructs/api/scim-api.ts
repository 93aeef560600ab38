import { Aws, RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
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
import type { RatePlans } from '../../../shared/limits/rate-plan';
import { GatewayResponses } from './gateway-responses';
import { RateUsagePlans } from './rate-usage-plans';
import { SCIM_ACCESS_LOG_FORMAT } from '../gateway/access-log-formats';
import { nagText } from '../common/nag-id';
import { OPEN_PATHS, type RouteTarget, ROUTES, SCIM_VERSION } from './scim-routes';
import type { ScimAuthorizer } from './scim-authorizer';
import type { ScimFunctions } from './scim-functions';
import { addExecutionLog, traceRequests } from '../gateway/api-operations';
import { ServiceLog } from '../common/service-log';
import { nameInStage } from '../stage/stage';

/** A part of every base URL, both on the API's own address and on a custom domain. */
export const SCIM_STAGE = 'scim';

const LOGGED = { loggingLevel: MethodLoggingLevel.ERROR, metricsEnabled: true };

/** The limit of each open method. All callers share it, because they have no usage plan. */
const OPEN_REQUESTS_PER_SECOND = 50;

export interface ScimApiProps {
  readonly authorizer: ScimAuthorizer;
  readonly functions: ScimFunctions;
  readonly ratePlans: RatePlans;
  /** If true, sets API Gateway's log role, which the whole account and region share. */
  readonly setAccountRole: boolean;
  /**
   * The limit of each method for all domains together. It leaves a part of the account's limit to other APIs.
   */
  readonly requestsPerSecond: number;
}

/**
 * The SCIM REST API. Every path goes through the authorizer and a usage plan to a function, except GET of the
 * open paths.
 */
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
      // CloudWatch distinguishes APIs by their name.
      restApiName: nameInStage(this, 'scim-provisioning'),
      description: 'SCIM 2.0 (RFC 7643, RFC 7644)',
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      minCompressionSize: Size.kibibytes(1),
      // A function compresses a large group and returns it in base64. API Gateway decodes base64 only for
      // binary media types, and it also checks the Accept header, which can be anything. As a consequence,
      // every request body reaches the functions in base64.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: props.setAccountRole,
      ...(props.setAccountRole && {
        cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      }),
      deployOptions: {
        stageName: SCIM_STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(SCIM_ACCESS_LOG_FORMAT),
        ...LOGGED,
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: 2 * props.requestsPerSecond,
        // The settings of a method replace those of the stage.
        methodOptions: Object.fromEntries(
          OPEN_PATHS.map((path) => [
            `${path}/GET`,
            {
              ...LOGGED,
              throttlingRateLimit: OPEN_REQUESTS_PER_SECOND,
              throttlingBurstLimit: 2 * OPEN_REQUESTS_PER_SECOND,
            },
          ]),
        ),
      },
    });
    addExecutionLog(this, this.api, SCIM_STAGE);
    traceRequests(this.api);
    this.addRoutes(props);
    new GatewayResponses(this, 'GatewayResponses', { api: this.api, ratePlans: props.ratePlans });
    this.ratePlans = new RateUsagePlans(this, 'RatePlans', { api: this.api, ratePlans: props.ratePlans });
    this.baseUrl = this.api.urlForPath(`/${SCIM_VERSION}`);
    this.acknowledgeFindings(props.setAccountRole);
  }

  private addRoutes({ functions, authorizer: { authorizer } }: ScimApiProps): void {
    const integration = (target: RouteTarget): LambdaIntegration =>
      // Creates one permission per function instead of one per method.
      new LambdaIntegration(functions[target].target, { scopePermissionToMethod: false });
    const guarded = { authorizationType: AuthorizationType.CUSTOM, authorizer, apiKeyRequired: true };
    for (const [path, target] of ROUTES)
      this.api.root.resourceForPath(path).addMethod('ANY', integration(target), guarded);
    for (const path of OPEN_PATHS) {
      const open = this.api.root
        .resourceForPath(path)
        .addMethod('GET', integration('discovery'), { authorizationType: AuthorizationType.NONE });
      const reason = 'Clients read the features of the service before they have a key (RFC 7644 §4).';
      Validations.of(open).acknowledge(
        { id: 'AwsSolutions-APIG4', reason },
        { id: 'AwsSolutions-COG4', reason },
      );
    }
  }

  private acknowledgeFindings(setAccountRole: boolean): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'The functions validate requests against the SCIM schemas and return SCIM errors.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'Limits apply per domain, not per address; the deployer can add a web ACL.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'SCIM clients send bearer keys, which a Lambda authorizer checks on every method.',
      },
    );
    if (setAccountRole) {
      Validations.of(this.api).acknowledge({
        id: `AwsSolutions-IAM4[Policy::${nagText(this, `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`)}]`,
        reason: 'AWS maintains this policy for the role, which only API Gateway can assume.',
      });
    }
  }
}
