import { Duration, Validations } from 'aws-cdk-lib';
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
import { Construct, type IDependable } from 'constructs';
import { ENV } from '../../../shared/env';
import type { LicenseCheckSettings } from '../../../shared/limits/license-check-limits';
import { LICENSE_ACCESS_LOG_FORMAT } from '../gateway/access-log-formats';
import { LicenseCheckAuthorizer } from './license-check-authorizer';
import { LicenseCheckResponses } from './license-check-responses';
import { LicenseCheckUsage } from './license-check-usage';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { traceRequests } from '../gateway/api-operations';
import { ServiceLog } from '../common/service-log';
import { nameInStage } from '../stage/stage';

/** The first part of the path, both on the API's own address and on a custom domain. */
export const LICENSE_STAGE = 'license';
export const LICENSE_CHECK_PATH = 'v1/check';

export interface LicenseCheckApiProps {
  readonly table: ScimTable;
  readonly settings: LicenseCheckSettings;
  /** The resource that sets the account's log role, which the access log needs. */
  readonly accountRole: IDependable;
}

/** The public, read-only REST API for license checks. It is separate from the SCIM API. */
export class LicenseCheckApi extends Construct {
  public readonly api: RestApi;
  public readonly accessLog: LogGroup;
  public readonly handler: ScimFunction;
  public readonly authorizer: LicenseCheckAuthorizer;
  public readonly usage: LicenseCheckUsage;
  /** Ends in `/license/v1/check`. */
  public readonly checkUrl: string;

  public constructor(scope: Construct, id: string, { table, settings, accountRole }: LicenseCheckApiProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-check',
      description: 'Checks license keys for products',
      timeout: Duration.seconds(10),
    });
    table.grantLicenseCheck(this.handler);
    this.handler.addEnvironment({ [ENV.licenseCheckCache]: JSON.stringify(settings.cacheSeconds) });
    this.authorizer = new LicenseCheckAuthorizer(this, 'Authorizer');
    this.accessLog = new ServiceLog(this, 'AccessLog');
    this.api = this.createApi(settings.requestsPerSecond);
    this.api.deploymentStage.node.addDependency(accountRole);
    traceRequests(this.api);
    this.api.root
      .resourceForPath(LICENSE_CHECK_PATH)
      // ANY lets the function distinguish a wrong method from a wrong path.
      .addMethod('ANY', new LambdaIntegration(this.handler.target, { scopePermissionToMethod: false }));
    new LicenseCheckResponses(this, 'Responses', { api: this.api });
    this.usage = new LicenseCheckUsage(this, 'Usage', {
      api: this.api,
      requestsPerSecond: settings.requestsPerSecond,
    });
    this.checkUrl = this.api.urlForPath(`/${LICENSE_CHECK_PATH}`);
    this.acknowledgeFindings();
  }

  private createApi(requestsPerSecond: number): RestApi {
    return new RestApi(this, 'Api', {
      // CloudWatch distinguishes APIs by their name.
      restApiName: nameInStage(this, 'license-check'),
      description: 'Checks of license keys',
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      cloudWatchRole: false,
      deployOptions: {
        stageName: LICENSE_STAGE,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(LICENSE_ACCESS_LOG_FORMAT),
        // Execution logs can contain headers, and one header is a license key.
        loggingLevel: MethodLoggingLevel.OFF,
        metricsEnabled: true,
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: 2 * requestsPerSecond,
      },
      defaultMethodOptions: {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: this.authorizer.authorizer,
        apiKeyRequired: true,
      },
    });
  }

  private acknowledgeFindings(): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'A request has only one header to validate, and the function does so.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'The usage plan limits by address; the deployer can add a web ACL.',
      },
      {
        id: 'AwsSolutions-APIG6',
        reason: 'Execution logs can contain headers, and one header is a license key. The access log is on.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'A product has no secret except the license key that it checks.',
      },
    );
  }
}
