import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { AdminApi } from '../admin/admin-api';
import type { ScimApi } from '../api/scim-api';
import type { ScimFunctions } from '../api/scim-functions';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import type { WorkQueue } from '../dispatch/work-queue';
import type { LicenseCheckApi } from '../license-check/license-check-api';

/** The parts of the service that the dashboard shows. */
export interface MonitoredService {
  readonly table: ScimTable;
  readonly scimApi: ScimApi;
  /** The requests of the SCIM API by status, from its access log. */
  readonly statuses: Readonly<Record<'serverErrors' | 'throttled', Metric>>;
  readonly licenseCheck: LicenseCheckApi;
  readonly adminApi: AdminApi;
  /** The functions behind the SCIM API. */
  readonly scimFunctions: ScimFunctions;
  readonly authorizer: ScimFunction;
  /** The function of the token endpoint. */
  readonly token: ScimFunction;
  /** The functions that work on licenses and emails. */
  readonly mail: {
    readonly licenseChanges: ScimFunction;
    readonly outbox: ScimFunction;
    readonly events: ScimFunction;
    readonly keyReminders: ScimFunction;
  };
  readonly dispatcher: ScimFunction;
  readonly sweeper: ScimFunction;
  readonly promoter: ScimFunction;
  readonly webhooks: ScimFunction;
  readonly eventFeed: ScimFunction;
  readonly mappings: ScimFunction;
  readonly admin: ScimFunction;
  /** The function of the admin API for users. */
  readonly adminUsers: ScimFunction;
  readonly adminAuthorizer: ScimFunction;
  /** The queues of the work that the dispatcher distributes, by their functions. */
  readonly workQueues: Readonly<Record<'promoter' | 'sweep' | 'events' | 'mappings', WorkQueue>>;
  /** The failure queues, by what their messages are, in plain words. */
  readonly failureQueues: Readonly<Record<string, IQueue>>;
}

/** Returns the functions behind the SCIM API. */
export function scimHandlers({ scimFunctions }: MonitoredService): ScimFunction[] {
  const { users, groups, bulk, search, discovery, readiness, notFound } = scimFunctions;
  return [users, groups, bulk, search, discovery, readiness, notFound];
}

/** Returns all functions of the service. */
export function functionsOf(service: MonitoredService): ScimFunction[] {
  const { licenseChanges, outbox, events, keyReminders } = service.mail;
  return [
    ...scimHandlers(service),
    service.authorizer,
    service.token,
    ...[licenseChanges, outbox, events, keyReminders, service.dispatcher, service.promoter, service.sweeper],
    ...[service.admin, service.adminUsers, service.adminAuthorizer],
    ...[service.eventFeed, service.mappings, service.webhooks],
    ...[service.licenseCheck.handler, service.licenseCheck.authorizer.handler],
  ];
}
