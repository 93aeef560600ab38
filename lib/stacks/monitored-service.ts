import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE } from '../../shared/env';
import type { MonitoredService } from '../constructs/dashboard/monitored-service';
import { pathInStage } from '../constructs/stage/stage';
import type { ScimAdminStack } from './scim-admin-stack';
import type { ScimApiStack } from './scim-api-stack';
import type { ScimDataStack } from './scim-data-stack';
import type { ScimLicensesStack } from './scim-licenses-stack';
import type { ScimSweepStack } from './scim-sweep-stack';

/** The stacks that the dashboard shows. */
export interface MonitoredStacks {
  readonly data: ScimDataStack;
  readonly api: ScimApiStack;
  readonly licenses: ScimLicensesStack;
  readonly sweep: ScimSweepStack;
  readonly admin: ScimAdminStack;
}

/** Returns the parts of the stacks that the dashboard shows. */
export function monitoredService({ data, api, licenses, sweep, admin }: MonitoredStacks): MonitoredService {
  // The metrics of a filter have no dimensions, so the dashboard needs nothing of the filter but its name.
  const status = (metricName: string) =>
    new Metric({ namespace: pathInStage(api, METRICS_NAMESPACE), metricName, statistic: 'Sum' });
  return {
    table: data.table,
    scimApi: api.scimApi,
    statuses: { serverErrors: status('ScimServerErrors'), throttled: status('ScimThrottled') },
    licenseCheck: api.licenseCheck,
    adminApi: admin.adminApi,
    scimFunctions: api.functions,
    token: api.token.handler,
    authorizer: api.authorizer.handler,
    mail: {
      licenseChanges: licenses.changes.handler,
      outbox: licenses.outbox.handler,
      events: licenses.events.handler,
      keyReminders: licenses.reminders.handler,
    },
    dispatcher: sweep.dispatcher.handler,
    sweeper: sweep.sweeper.handler,
    promoter: sweep.promoter.handler,
    webhooks: sweep.webhooks.handler,
    eventFeed: sweep.eventFeed.handler,
    mappings: sweep.mappings.handler,
    admin: admin.handler,
    adminUsers: admin.users,
    adminAuthorizer: admin.authorizer.handler,
    workQueues: {
      promoter: sweep.promoter.queue,
      sweep: sweep.sweeper.queue,
      events: sweep.eventFeed.queue,
      mappings: sweep.mappings.queue,
    },
    failureQueues: {
      'License changes': licenses.changes.failures,
      Emails: licenses.delivery.failures,
      'Bounces and deliveries': licenses.events.failures,
      'Seats (promoter)': sweep.promoter.queue.failures,
      Webhooks: sweep.webhooks.failures,
      'Events (event-feed)': sweep.eventFeed.queue.failures,
      'Mappings (mappings)': sweep.mappings.queue.failures,
      'Clean-ups (sweep)': sweep.sweeper.queue.failures,
      'Seats and clean-ups (dispatch)': sweep.sweeper.undispatched,
    },
  };
}
