import { CrossStackReferences, ReferenceStrength, Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { ScimDashboard } from '../constructs/dashboard/scim-dashboard';
import { webhooksRow } from '../constructs/dashboard/webhooks-row';
import { RootAlarms } from '../constructs/monitoring/root-alarms';
import { monitoredService, type MonitoredStacks } from './monitored-service';
import { stageProps } from './stage-props';

/**
 * The dashboard, and the alarms that notify operators. They refer to all other stacks. These references do
 * not keep the other stacks from removing a function, a queue, or a log group.
 */
export class ScimMonitoringStack extends Stack {
  public readonly dashboard: ScimDashboard;

  public constructor(scope: Construct, id: string, config: Config, stacks: MonitoredStacks) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: monitoring' });
    CrossStackReferences.of(this).consume(ReferenceStrength.BOTH);
    Validations.of(this).acknowledge({
      id: 'Annotation::@aws-cdk/core:crossStackReferencesBothTransitional',
      reason: 'Version 0.1.0 imports the names, so the exports must stay until no stage has that version.',
    });
    const { data, api, licenses, sweep, admin } = stacks;
    for (const stack of [data, admin, api, licenses, sweep]) this.addStackDependency(stack);
    const alarms = new RootAlarms(this, 'Alarms', { topic: data.alarmTopic });
    this.dashboard = new ScimDashboard(this, 'Dashboard', {
      service: monitoredService(stacks),
      docsUrl: config.docsUrl,
      alarms: alarms.notifying,
      rows: [webhooksRow(sweep.webhooks)],
    });
  }
}
