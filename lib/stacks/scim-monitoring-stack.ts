import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { ScimDashboard } from '../constructs/dashboard/scim-dashboard';
import { RootAlarms } from '../constructs/monitoring/root-alarms';
import { monitoredService, type MonitoredStacks } from './monitored-service';
import { stageProps } from './stage-props';

/** The dashboard, and the alarms that notify operators. They refer to all other stacks. */
export class ScimMonitoringStack extends Stack {
  public readonly dashboard: ScimDashboard;

  public constructor(scope: Construct, id: string, config: Config, stacks: MonitoredStacks) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: monitoring' });
    const { data, api, licenses, sweep, admin } = stacks;
    for (const stack of [data, admin, api, licenses, sweep]) this.addStackDependency(stack);
    new RootAlarms(this, 'Alarms', { topic: data.alarmTopic, hasPortalAlarms: admin.hasPortalAlarms });
    this.dashboard = new ScimDashboard(this, 'Dashboard', {
      service: monitoredService(stacks),
      docsUrl: config.docsUrl,
    });
  }
}
