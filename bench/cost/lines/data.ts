import { ASSUMPTIONS } from '../assumptions';
import { MEASURED_CAPACITY } from '../measured-capacity';
import { recordedRequests } from '../recorded-requests';
import { domainsOf, eventCount, isRead, requestCount, unitsOf, type Workload } from '../workload';
import type { Situation, UsageLine } from './usage-line';

/** The reads of the email outbox, which asks every minute whether an email is due. */
const OUTBOX_READS = 2;
const GIGABYTE = 1e9;
const DAYS_PER_MONTH = 365 / 12;

/** DynamoDB and the copies of its data. */
export function dataLines({ counts, workload, auditRetentionDays }: Situation): UsageLine[] {
  const gigabytes = storedGigabytes(workload, auditRetentionDays);
  const { streamReaders, pointInTimeRecovery, backupCopies, scheduledRuns } = counts;
  const streamReads = streamReaders * ASSUMPTIONS.streamReadsPerHour * ASSUMPTIONS.hoursPerMonth;
  return [
    {
      priceId: 'dynamodb.write',
      quantity: writes(workload) + (counts.eventBuses > 0 ? EVENT_WRITES * eventCount(workload) : 0),
      basis: 'measured',
      note: 'requests, their rate counters and records, audit events, emails, and events for the event bus',
    },
    {
      priceId: 'dynamodb.read',
      quantity: reads(workload, scheduledRuns),
      basis: 'measured',
      note: 'requests, authorizers, emails, license checks, and scheduled functions',
    },
    {
      priceId: 'dynamodb.storage',
      quantity: gigabytes,
      basis: 'assumed',
      note: `${ASSUMPTIONS.userBytes} bytes per user, audit events for ${auditRetentionDays} days, and recorded requests`,
    },
    {
      priceId: 'dynamodb.pitr',
      quantity: pointInTimeRecovery ? gigabytes : 0,
      basis: 'assumed',
      note: 'the size of the table',
    },
    {
      priceId: 'dynamodb.streams',
      quantity: streamReads,
      basis: 'counted',
      note: 'event source mappings of the stream, one shard',
    },
    {
      priceId: 'backup.storage',
      quantity: backupCopies * gigabytes,
      basis: 'assumed',
      note: `${backupCopies} full copies of the table, from the backup plan`,
    },
  ];
}

/**
 * A notice in the feed, its subject, the end of the feed, the log of deliveries, and the state of a run, if
 * each event has a run of its own (docs/performance.md). Runs with several events cost less.
 */
const EVENT_WRITES = 2 + 2 + 2 + 1 + 3;
/** The event that says that an email was delivered, or bounced. */
const WRITES_PER_EVENT = 1;

/** Each request also writes its rate counter, and some are recorded: one unit each. */
function writes(workload: Workload): number {
  const { keys, notices } = workload;
  const emails = (keys + notices) * MEASURED_CAPACITY['send an email at once'].write;
  return (
    unitsOf(workload).write +
    requestCount(workload) +
    recordedRequests(workload) +
    emails +
    WRITES_PER_EVENT * (keys + notices)
  );
}

function reads(workload: Workload, scheduledRuns: number): number {
  const { keys, notices, licenseChecks } = workload;
  const emails = (keys + notices) * MEASURED_CAPACITY['send an email at once'].read;
  // The authorizer reads the key and the domain, and API Gateway caches its response for five minutes.
  const authorizers = 2 * authorizerCalls(workload);
  return unitsOf(workload).read + emails + authorizers + licenseChecks + scheduledRuns * OUTBOX_READS;
}

/** The authorizer runs at most once in five minutes per key. */
export const authorizerCalls = (workload: Workload): number =>
  Math.min(requestCount(workload), domainsOf(workload) * 12 * ASSUMPTIONS.hoursPerMonth);

function storedGigabytes(workload: Workload, auditRetentionDays: number): number {
  const { users, requests, keys, notices } = workload;
  const changes = requests
    .filter(({ operation }) => !isRead(operation))
    .reduce((sum, { count }) => sum + count, keys + notices);
  const kept = changes * (auditRetentionDays / DAYS_PER_MONTH);
  const records = recordedRequests(workload) * (ASSUMPTIONS.recordDays / DAYS_PER_MONTH);
  const { userBytes, auditBytes, recordBytes } = ASSUMPTIONS;
  return (users * userBytes + kept * auditBytes + records * recordBytes) / GIGABYTE;
}
