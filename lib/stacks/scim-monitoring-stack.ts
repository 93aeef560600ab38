import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { ScimDashboard } from '../constructs/dashboard/scim-dashboard';
import { monitoredService, type MonitoredStacks } from './monitored-service';
import { stageProps } from './stage-props';

/** The dashboard of the deployment. */
export class ScimMonitoringStack extends Stack {
  public readonly dashboard: ScimDashboard;

  public constructor(scope: Construct, id: string, config: Config, stacks: MonitoredStacks) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: monitoring' });
    this.dashboard = new ScimDashboard(this, 'Dashboard', {
      service: monitoredService(stacks),
      docsUrl: config.docsUrl,
    });
  }
}
