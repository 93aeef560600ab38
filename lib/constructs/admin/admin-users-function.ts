import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Deployment } from '../../../shared/deployment';
import { ENV } from '../../../shared/env';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface AdminUsersFunctionProps {
  readonly table: ScimTable;
  readonly deployment: Deployment;
}

/**
 * The function of the admin API for users. It is a function of its own, so that imports of users do not use
 * up the concurrent executions of the others, and it may write only users and what changes with them.
 */
export class AdminUsersFunction extends Construct {
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string, { table, deployment }: AdminUsersFunctionProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'admin-users',
      description: 'Admin API: users',
      timeout: Duration.seconds(29),
    });
    table.grantManagedUsers(this.handler);
    this.handler.addEnvironment({ [ENV.deployment]: Stack.of(this).toJsonString(deployment) });
  }
}
