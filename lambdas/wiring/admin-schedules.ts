import type { Context, ScheduledEvent } from 'aws-lambda';
import { UsageKeys } from '../../shared/gateway/usage-keys';
import { ADMINISTRATOR_TASKS_RULE, API_KEYS_METRIC } from '../../shared/limits/admin-limits';
import { errorFields } from '../../shared/logging/error-fields';
import { addMetric, logger } from '../../shared/logging/telemetry';
import { sweepUsageKeys } from '../../shared/service/domains/usage-key-sweep';
import { DomainStore } from '../../shared/store/domains/domain-store';
import { UsageKeyChanges } from '../../shared/store/domains/usage-key-changes';
import type { AdminParts } from './admin-parts';
import { wireAdministration } from './administration';

/** The time that a call of API Gateway may need, retries included, before Lambda ends the invocation. */
const TIME_RESERVE_MS = 12_000;

/** Runs the tasks of the schedule that sent an event. */
export async function runAdminSchedule(
  { table, deployment }: Pick<AdminParts, 'table' | 'deployment'>,
  event: ScheduledEvent,
  context: Context,
): Promise<void> {
  const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_RESERVE_MS;
  const { mappedInvitations, checks } = wireAdministration(table, deployment);
  if (event.resources.some((arn) => arn.includes(ADMINISTRATOR_TASKS_RULE)))
    return mappedInvitations.run(isTimeUp);
  await checks.run(isTimeUp);
  const fail = (fields: object, error: unknown) => {
    addMetric('UsageKeySweepFailed');
    logger.error('Sweep of usage keys failed and will be retried', { ...fields, ...errorFields(error) });
  };
  const usageKeys = new UsageKeys(deployment);
  await sweepUsageKeys({
    changes: new UsageKeyChanges(table),
    domains: new DomainStore(table, deployment.auditRetentionDays),
    usageKeys,
    isTimeUp,
    now: () => new Date(),
    onSwept: (domainId, deleted) => logger.info('Sweep of usage keys', { domainId, deleted }),
    onError: (domainId, error) => fail({ domainId }, error),
  }).catch((error: unknown) => fail({}, error));
  await usageKeys.count().then(
    (count) => addMetric(API_KEYS_METRIC, count),
    (error: unknown) => logger.error('The API keys could not be counted', errorFields(error)),
  );
}
