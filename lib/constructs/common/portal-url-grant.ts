import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { adminParameter } from '../../../shared/deployment';
import { ENV } from '../../../shared/env';
import { stageOf } from '../stage/stage';
import type { ScimFunction } from './scim-function';

/**
 * Allows a function to read the address of the portal. Its stack comes before that of the portal, so the
 * function reads the address when it needs it.
 */
export function grantPortalUrl(fn: ScimFunction): void {
  const name = adminParameter(stageOf(fn));
  const parameter = Stack.of(fn).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.slice(1),
  });
  fn.grant(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter] }), {
    [ENV.adminParameter]: name,
  });
}
