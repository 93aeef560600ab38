import { Duration } from 'aws-cdk-lib';
import { IdentitySource, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ScimFunction } from '../common/scim-function';

/**
 * Finds the share of the usage plan that an address belongs to. It is asked once an hour for each address, whatever keys
 * come from there: a flood of made-up keys costs no call.
 */
export class LicenseCheckAuthorizer extends Construct {
  public readonly authorizer: RequestAuthorizer;
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-check-authorizer',
      description: 'Shares out the usage plan of license checks',
      timeout: Duration.seconds(5),
      memorySize: 256,
    });
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: this.handler.function,
      identitySources: [IdentitySource.context('identity.sourceIp')],
      // The longest that there is: the answer follows from the address alone.
      resultsCacheTtl: Duration.hours(1),
    });
  }
}
