import { type App, Tags } from 'aws-cdk-lib';
import type { Config } from '../config';
import { ScimAdminStack } from './scim-admin-stack';
import { ScimApiStack } from './scim-api-stack';
import { ScimDataStack } from './scim-data-stack';
import { ScimLicensesStack } from './scim-licenses-stack';
import { ScimSweepStack } from './scim-sweep-stack';

export interface ScimStacks {
  readonly data: ScimDataStack;
  readonly api: ScimApiStack;
  readonly licenses: ScimLicensesStack;
  readonly sweep: ScimSweepStack;
  readonly admin: ScimAdminStack;
}

/** Adds the stacks of the service. They are divided by lifetime. */
export function addStacks(app: App, config: Config): ScimStacks {
  Tags.of(app).add('application', 'scim-provisioning');
  const data = new ScimDataStack(app, 'ScimData', config);
  const api = new ScimApiStack(app, 'ScimApi', config, data);
  const licenses = new ScimLicensesStack(app, 'ScimLicenses', config, data);
  const sweep = new ScimSweepStack(app, 'ScimSweep', config, data);
  const admin = new ScimAdminStack(app, 'ScimAdmin', config, { data, api, licenses });
  return { data, api, licenses, sweep, admin };
}
