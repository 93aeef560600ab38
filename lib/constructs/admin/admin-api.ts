import { Aws, Size, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ADMIN_ACCESS_LOG_FORMAT } from '../common/access-log-formats';
import { AdminResponses } from './admin-responses';
import type { AdminAuthorizer } from './admin-authorizer';
import type { ScimFunction } from '../common/scim-function';
import { ServiceLog } from '../common/service-log';

/** First part of the path, on the raw address of the API and on the portal's origin. */
export const ADMIN_STAGE = 'admin';
export const ADMIN_VERSION = 'v1';
const OPENAPI_FILE = 'openapi.json';

/** Of all callers together: people and their scripts, not provisioning. */
const REQUESTS_PER_SECOND = 50;
const BURST_LIMIT = 100;

/** The REST API of administrators: one function behind one authorizer; the document of the API is for everybody. */
export class AdminApi extends Construct {
  public readonly api: RestApi;
  public readonly accessLog: LogGroup;
  /** Of the API itself, for whoever passes requests on: `<id>.execute-api.<region>.amazonaws.com`. */
  public readonly hostName: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accessLog = new ServiceLog(this, 'AccessLog');
    this.api = new RestApi(this, 'Api', {
      restApiName: 'scim-admin',
      description: 'Administers the SCIM provisioning service',
      endpointTypes: [EndpointType.REGIONAL],
      minCompressionSize: Size.kibibytes(1),
      cloudWatchRole: false,
      deployOptions: {
        stageName: ADMIN_STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(ADMIN_ACCESS_LOG_FORMAT),
        loggingLevel: MethodLoggingLevel.ERROR,
        metricsEnabled: true,
        throttlingRateLimit: REQUESTS_PER_SECOND,
        throttlingBurstLimit: BURST_LIMIT,
      },
    });
    // Written out: the API's own `url` waits for its stage, and the portal, which passes requests on, has to come before that.
    this.hostName = `${this.api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    new AdminResponses(this, 'Responses', { api: this.api });
    this.acknowledgeFindings();
  }

  /** Has every path answered by `handler`, for those whom `authorizer` lets in. */
  public addRoutes(handler: ScimFunction, { authorizer }: AdminAuthorizer): void {
    // One permission for the function instead of one for each method.
    const integration = new LambdaIntegration(handler.function, { scopePermissionToMethod: false });
    const guarded = { authorizer, authorizationType: AuthorizationType.CUSTOM };
    for (const path of ['/', '/{proxy+}', `/${ADMIN_VERSION}`, `/${ADMIN_VERSION}/{proxy+}`]) {
      this.api.root.resourceForPath(path).addMethod('ANY', integration, guarded);
    }
    const document = this.api.root.resourceForPath(`/${ADMIN_VERSION}/${OPENAPI_FILE}`);
    const open = document.addMethod('ANY', integration, { authorizationType: AuthorizationType.NONE });
    Validations.of(open).acknowledge(
      { id: 'AwsSolutions-APIG4', reason: 'It answers with the description of the API, which is public.' },
      { id: 'AwsSolutions-COG4', reason: 'It answers with the description of the API, which is public.' },
    );
  }

  private acknowledgeFindings(): void {
    Validations.of(this.api).acknowledge(
      { id: 'AwsSolutions-APIG2', reason: 'The function validates requests and answers problems.' },
      {
        id: 'AwsSolutions-APIG3',
        reason:
          'Every method but the description of the API needs a credential; a web ACL is the choice of whoever deploys.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason:
          'The issuer may be another than Cognito, and operators have a token; a Lambda authorizer checks both.',
      },
    );
  }
}
