import { Duration } from 'aws-cdk-lib';
import { IdentitySource, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { usageKeyPrefix } from '../../../shared/limits/license-check-limits';
import { ScimFunction } from '../common/scim-function';
import { stageOf } from '../stage/stage';

/**
 * The authorizer that assigns a caller's address to a share of the usage plan. API Gateway caches the result
 * per address for an hour, so a flood of invalid keys does not call it.
 */
export class LicenseCheckAuthorizer extends Construct {
  public readonly authorizer: RequestAuthorizer;
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-check-authorizer',
      description: 'Assigns callers without a SCIM key to shares of a usage plan',
      timeout: Duration.seconds(5),
      memorySize: 256,
    });
    this.handler.addEnvironment({ [ENV.licenseCheckKeyPrefix]: usageKeyPrefix(stageOf(this)) });
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: this.handler.target,
      identitySources: [IdentitySource.context('identity.sourceIp')],
      // The maximum. The result depends only on the address.
      resultsCacheTtl: Duration.hours(1),
    });
  }
}
