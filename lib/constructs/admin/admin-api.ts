import { Aws, Size, Validations } from 'aws-cdk-lib';
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
import {
  ADMIN_STAGE_LIMIT,
  type AdminLimit,
  OPENAPI_LIMIT,
  SETUP_LINK_LIMIT,
} from '../../../shared/limits/admin-limits';
import { ADMIN_ACCESS_LOG_FORMAT } from '../gateway/access-log-formats';
import { AdminResponses } from './admin-responses';
import { AdminUsage } from './admin-usage';
import type { AdminAuthorizer } from './admin-authorizer';
import type { ScimFunction } from '../common/scim-function';
import { addExecutionLog, traceRequests } from '../gateway/api-operations';
import { ServiceLog } from '../common/service-log';
import { nameInStage } from '../stage/stage';

/** The first part of the path, both on the API's own address and on the portal's origin. */
export const ADMIN_STAGE = 'admin';
export const ADMIN_VERSION = 'v1';
const OPENAPI_FILE = 'openapi.json';
/** The paths by which setup links are opened. */
const SETUP_LINKS = 'setup-links/{proxy+}';

const DOMAIN = `/${ADMIN_VERSION}/domains/{domainId}`;
/** The paths of users, which have a function of their own. */
const USER_PATHS = [`${DOMAIN}/users`, `${DOMAIN}/users/{proxy+}`];
/**
 * A greedy path does not serve a path above that of users, because each of them is a resource. So all of them
 * are listed.
 */
const PATHS = [
  ...['/', '/{proxy+}', `/${ADMIN_VERSION}`, `/${ADMIN_VERSION}/{proxy+}`],
  ...[`/${ADMIN_VERSION}/domains`, DOMAIN, `${DOMAIN}/{proxy+}`],
];

const LOGGED = { loggingLevel: MethodLoggingLevel.ERROR, metricsEnabled: true };

const throttle = ({ requestsPerSecond, burst }: AdminLimit) => ({
  throttlingRateLimit: requestsPerSecond,
  throttlingBurstLimit: burst,
});

/**
 * Stages have no settings of the method `ANY`, so each HTTP method of the path has its own, and its own
 * limit.
 */
const throttleAll = (path: string, limit: AdminLimit) =>
  Object.fromEntries(HTTP_METHODS.map((method) => [`${path}/${method}`, { ...LOGGED, ...throttle(limit) }]));

const HTTP_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * The REST API of administrators: one function behind one authorizer. Usage plans limit each share of the
 * callers. The OpenAPI document is public, and so is the opening of setup links.
 */
export class AdminApi extends Construct {
  public readonly api: RestApi;
  public readonly accessLog: LogGroup;
  /**
   * The API's own host name, `<id>.execute-api.<region>.amazonaws.com`, to which CloudFront sends requests.
   */
  public readonly hostName: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accessLog = new ServiceLog(this, 'AccessLog');
    this.api = new RestApi(this, 'Api', {
      // CloudWatch distinguishes APIs by their name.
      restApiName: nameInStage(this, 'scim-admin'),
      description: 'Administers the SCIM provisioning service',
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      minCompressionSize: Size.kibibytes(1),
      cloudWatchRole: false,
      deployOptions: {
        stageName: ADMIN_STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(ADMIN_ACCESS_LOG_FORMAT),
        ...LOGGED,
        ...throttle(ADMIN_STAGE_LIMIT),
        // The settings of a method replace those of the stage.
        methodOptions: {
          ...throttleAll(`/${ADMIN_VERSION}/${OPENAPI_FILE}`, OPENAPI_LIMIT),
          ...throttleAll(`/${ADMIN_VERSION}/${SETUP_LINKS}`, SETUP_LINK_LIMIT),
        },
      },
    });
    // `api.url` depends on the stage, but the portal needs the host name before the stage exists.
    this.hostName = `${this.api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    addExecutionLog(this, this.api, ADMIN_STAGE);
    traceRequests(this.api);
    new AdminResponses(this, 'Responses', { api: this.api });
    new AdminUsage(this, 'Usage', { api: this.api });
    this.acknowledgeFindings();
  }

  /**
   * Routes the users of domains to `users`, and every other path to `handler`, behind `authorizer`. Only the
   * OpenAPI document and the opening of setup links need no credential.
   */
  public addRoutes(
    { handler, users }: { readonly handler: ScimFunction; readonly users: ScimFunction },
    { authorizer }: AdminAuthorizer,
  ): void {
    // One permission for the function instead of one for each method.
    const integration = new LambdaIntegration(handler.target, { scopePermissionToMethod: false });
    const ofUsers = new LambdaIntegration(users.target, { scopePermissionToMethod: false });
    const guarded = { authorizer, authorizationType: AuthorizationType.CUSTOM, apiKeyRequired: true };
    for (const path of PATHS) this.api.root.resourceForPath(path).addMethod('ANY', integration, guarded);
    for (const path of USER_PATHS) this.api.root.resourceForPath(path).addMethod('ANY', ofUsers, guarded);
    this.addOpenMethod(OPENAPI_FILE, integration, 'It returns the OpenAPI document, which is public.');
    this.addOpenMethod(
      SETUP_LINKS,
      integration,
      'It opens setup links. The function checks their secret and the one-time code.',
    );
  }

  private addOpenMethod(path: string, integration: LambdaIntegration, reason: string): void {
    const resource = this.api.root.resourceForPath(`/${ADMIN_VERSION}/${path}`);
    const open = resource.addMethod('ANY', integration, { authorizationType: AuthorizationType.NONE });
    Validations.of(open).acknowledge(
      { id: 'AwsSolutions-APIG4', reason },
      { id: 'AwsSolutions-COG4', reason },
    );
  }

  private acknowledgeFindings(): void {
    Validations.of(this.api).acknowledge(
      { id: 'AwsSolutions-APIG2', reason: 'The function validates requests and returns problem details.' },
      {
        id: 'AwsSolutions-APIG3',
        reason:
          'Only the OpenAPI document and the opening of setup links need no credential; the deployer can add a web ACL.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason:
          'The issuer may not be Cognito, and operators use an admin token; a Lambda authorizer checks both.',
      },
    );
  }
}
