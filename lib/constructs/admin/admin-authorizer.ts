import { Duration, Stack } from 'aws-cdk-lib';
import { IdentitySource, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { adminUsageKeyPrefix } from '../../../shared/limits/admin-limits';
import { ENV } from '../../../shared/env';
import type { IssuerSettings } from '../../../shared/service/credentials/portal-token-verifier';
import type { AdminToken } from './admin-token';
import { grantEventTokens } from '../events/event-grants';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { grantCallerRoles } from './administration-grants';
import { stageOf } from '../stage/stage';

export interface AdminAuthorizerProps {
  /** The table with the roles and the setup links. */
  readonly table: ScimTable;
  readonly auditRetentionDays: number;
  readonly token: AdminToken;
  /** The issuer whose ID tokens are accepted. @default - only the admin token is accepted */
  readonly issuer?: IssuerSettings;
}

/**
 * The authorizer of the admin API. It caches nothing, so an expired token, or a role that was removed, has no
 * effect any more.
 */
export class AdminAuthorizer extends Construct {
  public readonly authorizer: TokenAuthorizer;
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string, props: AdminAuthorizerProps) {
    super(scope, id);
    const { table, auditRetentionDays, token, issuer } = props;
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'admin-authorizer',
      description: 'Checks the admin token and the ID tokens of portal users',
      timeout: Duration.seconds(10),
      refusesByError: true,
    });
    token.grantRead(this.handler);
    grantCallerRoles(table, this.handler);
    table.grantSetupLinkLookup(this.handler);
    grantEventTokens(table, this.handler);
    this.handler.addEnvironment({
      ...(issuer && { [ENV.issuer]: Stack.of(this).toJsonString(issuer) }),
      [ENV.adminKeyPrefix]: adminUsageKeyPrefix(stageOf(this)),
      [ENV.auditRetentionDays]: String(auditRetentionDays),
    });
    this.authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: this.handler.target,
      identitySource: IdentitySource.header('Authorization'),
      validationRegex: '^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9._-]+$',
      resultsCacheTtl: Duration.seconds(0),
    });
  }
}
