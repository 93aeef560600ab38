import { ASSUMPTIONS } from '../assumptions';
import { domainsOf, isRead, requestCount, type Workload } from '../workload';
import { authorizerCalls } from './data';
import type { Situation, UsageLine } from './usage-line';

/** The invocations of one kind, and the megabytes of memory of their function. */
export interface Invocations {
  readonly kind: keyof typeof ASSUMPTIONS.milliseconds;
  readonly count: number;
  readonly memory: number;
}

/** API Gateway, Lambda, SES, and the portal. */
export function computeLines(situation: Situation): UsageLine[] {
  const { workload, counts } = situation;
  const { responseBytes, sessionsPerDomain, filesPerSession, megabytesPerSession } = ASSUMPTIONS;
  const invocations = invocationsOf(situation);
  const requests = apiRequests(workload);
  const emails = workload.keys + workload.notices;
  const sessions = counts.distributions > 0 ? domainsOf(workload) * sessionsPerDomain : 0;
  const admins = counts.userPools > 0 ? domainsOf(workload) * 2 : 0;
  return [
    {
      priceId: 'api.requests',
      quantity: requests,
      basis: 'assumed',
      note: 'SCIM, license checks, and portal',
    },
    {
      priceId: 'api.transfer',
      quantity: (requests * responseBytes) / 1e9,
      basis: 'assumed',
      note: `${responseBytes} bytes per response`,
    },
    {
      priceId: 'lambda.requests',
      quantity: invocations.reduce((sum, { count }) => sum + count, 0),
      basis: 'assumed',
      note: 'requests, authorizers, stream batches, emails, and schedules',
    },
    {
      priceId: 'lambda.compute',
      quantity: gigabyteSeconds(invocations),
      basis: 'assumed',
      note: 'memory from the templates, and assumed times',
    },
    { priceId: 'ses.emails', quantity: emails, basis: 'assumed', note: 'one per license key and notice' },
    { priceId: 'sns.publishes', quantity: emails, basis: 'assumed', note: 'one delivery event per email' },
    {
      priceId: 'cloudfront.requests',
      quantity: sessions * (filesPerSession + ASSUMPTIONS.adminRequestsPerSession),
      basis: 'assumed',
      note: `${sessionsPerDomain} sessions per domain`,
    },
    {
      priceId: 'cloudfront.transfer',
      quantity: (sessions * megabytesPerSession) / 1e3,
      basis: 'assumed',
      note: `${megabytesPerSession} MB per session`,
    },
    { priceId: 'cognito.users', quantity: admins, basis: 'assumed', note: 'two administrators per domain' },
  ];
}

/** Requests to all APIs. */
export const apiRequests = (workload: Workload): number =>
  requestCount(workload) + workload.licenseChecks + adminRequests(workload);

const adminRequests = (workload: Workload): number =>
  domainsOf(workload) * ASSUMPTIONS.sessionsPerDomain * ASSUMPTIONS.adminRequestsPerSession;

/** Returns the invocations of a month. The times are assumed; the memory is that of the templates. */
export function invocationsOf({ workload, counts }: Situation): Invocations[] {
  const { memoryOf, scheduledRuns } = counts;
  const count = (reads: boolean): number =>
    workload.requests
      .filter(({ operation }) => isRead(operation) === reads)
      .reduce((sum, each) => sum + each.count, 0);
  const emails = workload.keys + workload.notices;
  const batches = count(false) / ASSUMPTIONS.recordsPerBatch;
  const admin = adminRequests(workload);
  return [
    { kind: 'authorizer', count: authorizerCalls(workload), memory: memoryOf('Authorizer') },
    { kind: 'read', count: count(true), memory: memoryOf('FunctionsUsers') },
    { kind: 'write', count: count(false), memory: memoryOf('FunctionsUsers') },
    // License checks and the admin API have authorizers that run for every request.
    { kind: 'authorizer', count: workload.licenseChecks, memory: memoryOf('LicenseCheckAuthorizer') },
    { kind: 'read', count: workload.licenseChecks, memory: memoryOf('LicenseCheckHandler') },
    { kind: 'authorizer', count: admin, memory: memoryOf('Authorizer') },
    { kind: 'read', count: admin, memory: memoryOf('FunctionHandler') },
    { kind: 'stream', count: batches, memory: memoryOf('WorkDispatcherHandler') },
    { kind: 'stream', count: batches, memory: memoryOf('LicenseChangesHandler') },
    { kind: 'email', count: emails, memory: memoryOf('LicenseChangesHandler') },
    { kind: 'stream', count: emails, memory: memoryOf('MailEventsHandler') },
    { kind: 'scheduled', count: scheduledRuns, memory: memoryOf('MailOutboxHandler') },
  ];
}

/** The share of invocations that start an instance are billed for the start too. */
export const gigabyteSeconds = (invocations: readonly Invocations[]): number =>
  invocations.reduce((sum, { kind, count, memory }) => {
    const { milliseconds, coldStarts, coldStartMilliseconds } = ASSUMPTIONS;
    const seconds = (milliseconds[kind] + coldStarts * coldStartMilliseconds) / 1_000;
    return sum + count * seconds * (memory / 1_024);
  }, 0);
