import { type App, Tags } from 'aws-cdk-lib';
import { stageTags } from '../../shared/stage';
import type { Config } from '../config';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { setOperations } from '../constructs/stage/operations';
import { setProduct } from '../constructs/stage/product';
import { setStage } from '../constructs/stage/stage';
import { ScimAdminStack } from './scim-admin-stack';
import { ScimApiStack } from './scim-api-stack';
import { ScimDataStack } from './scim-data-stack';
import { ScimLicensesStack } from './scim-licenses-stack';
import { ScimMonitoringStack } from './scim-monitoring-stack';
import { ScimSweepStack } from './scim-sweep-stack';

export interface ScimStacks {
  readonly data: ScimDataStack;
  readonly api: ScimApiStack;
  readonly licenses: ScimLicensesStack;
  readonly sweep: ScimSweepStack;
  readonly admin: ScimAdminStack;
  readonly monitoring: ScimMonitoringStack;
}

/** Adds the stacks of the service. They are divided by lifetime. */
export function addStacks(app: App, config: Config): ScimStacks {
  setStage(app, config.stage);
  setOperations(app, config);
  setProduct(app, config.product);
  if (config.permissionsBoundaryArn)
    PermissionsBoundary.of(app).apply(
      ManagedPolicy.fromManagedPolicyArn(app, 'PermissionsBoundary', config.permissionsBoundaryArn),
    );
  for (const [name, value] of Object.entries({ ...config.tags, ...stageTags(config.stage) }))
    Tags.of(app).add(name, value);
  const data = new ScimDataStack(app, 'ScimData', config);
  const api = new ScimApiStack(app, 'ScimApi', config, data);
  const licenses = new ScimLicensesStack(app, 'ScimLicenses', config, data);
  const sweep = new ScimSweepStack(app, 'ScimSweep', config, data);
  // The promoter gives seats before license-changes of an earlier version stops doing it.
  licenses.addStackDependency(sweep);
  const admin = new ScimAdminStack(app, 'ScimAdmin', config, { data, api, licenses, sweep });
  const monitoring = new ScimMonitoringStack(app, 'ScimMonitoring', config, {
    data,
    api,
    licenses,
    sweep,
    admin,
  });
  return { data, api, licenses, sweep, admin, monitoring };
}
