import { Duration } from 'aws-cdk-lib';
import { IdentitySource, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { AUTHORIZATION_PATTERN } from '../../../shared/credentials/authorization';
import type { ScimSecret } from '../common/scim-secret';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface ScimAuthorizerProps {
  readonly table: ScimTable;
  readonly keyPepper: ScimSecret;
  readonly accessTokenSecret: ScimSecret;
}

/**
 * The authorizer of the SCIM API, which checks SCIM keys and access tokens. API Gateway caches its result for
 * five minutes.
 */
export class ScimAuthorizer extends Construct {
  public readonly authorizer: TokenAuthorizer;
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string, props: ScimAuthorizerProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'authorizer',
      description: 'Checks SCIM keys and access tokens',
      timeout: Duration.seconds(10),
      refusesByError: true,
    });
    props.table.grantScimKeyLookup(this.handler);
    props.table.grantRefusedRequests(this.handler);
    props.keyPepper.grantRead(this.handler);
    props.accessTokenSecret.grantRead(this.handler);
    this.authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: this.handler.target,
      identitySource: IdentitySource.header('Authorization'),
      // API Gateway refuses other credentials with 401, without calling the authorizer.
      validationRegex: AUTHORIZATION_PATTERN,
      resultsCacheTtl: Duration.minutes(5),
    });
  }
}
