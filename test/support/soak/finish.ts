import { setTimeout as sleep } from 'node:timers/promises';
import type { InjectedFault } from '../../../local/cloud/faults/faults';
import type { ChangeEvent } from '../../../shared/events/event';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { findInconsistencies } from '../consistency/consistency';
import { type DomainData, readDomain } from '../consistency/domain-data';
import { findUnsweptReferences } from '../consistency/unswept';
import { mailProblems } from '../faults/mail-problems';
import { fireRule } from '../system/system';
import { adminRequest } from './actors/admin-actor';
import { adminProblems } from './checks/admin-problems';
import { notificationProblems, readMails, unsettledMails } from './checks/mail-problems';
import { areIdle, explainedMessages, queueProblems } from './checks/queue-problems';
import { keyReplacementProblems, valueProblems } from './checks/value-problems';
import { verifyProblems } from './checks/verify-problems';
import type { SoakDomain } from './model/world';
import type { Soak } from './soak';
import { eventProblems } from './webhooks/event-problems';
import { secretProblems, webhookProblems } from './webhooks/soak-webhook';

/** Only ends a wait for something that never settles. */
const SETTLE_MS = 3_600_000;
const POLL_MS = 500;
/** With a large table, one look at everything takes longer than the longest wait. */
const MIN_UNCHANGED = 3;
/** The longest time in which the work of the checks themselves must end. */
const IDLE_MS = 180_000;
const FEED_PAGE = 100;

export interface Findings {
  /** Seconds from the end of the faults until nothing was left to do. */
  readonly settleSeconds: number;
  /** The number of events in the feeds of domains. */
  readonly events: number;
  readonly licenses: number;
  readonly users: number;
  readonly groups: number;
  readonly auditEvents: number;
  /** The numbers of messages in failure queues whose work was done nevertheless. */
  readonly explained: Readonly<Record<string, number>>;
  /** A sentence for each thing that is wrong. */
  readonly problems: readonly string[];
}

/**
 * Waits until nothing is left to do, and checks everything. Call it after the faults have ended. It waits no
 * longer if nothing has changed for `stallMs`. With `isWholeTable`, it also verifies what belongs to no
 * domain of the soak.
 */
export async function finish(
  soak: Soak,
  injected: readonly InjectedFault[],
  {
    stallMs = 60_000,
    isWholeTable = true,
  }: { readonly stallMs?: number; readonly isWholeTable?: boolean } = {},
): Promise<Findings> {
  const started = Date.now();
  soak.options.receiver.calm();
  const domains = soak.domains.filter(({ isDeleted }) => !isDeleted);
  for (const { domainId } of domains)
    await adminRequest('PATCH', `/domains/${domainId}`, { mailPaused: false });
  for (const domain of domains) domain.settings.delete('mailPaused');
  let open: string[] = [];
  let state = '';
  let unchanged = 0;
  const isStalled = (changedAt: number) => unchanged >= MIN_UNCHANGED && Date.now() - changedAt >= stallMs;
  for (let changedAt = started; !isStalled(changedAt) && Date.now() - started < SETTLE_MS;) {
    await fireRule('outbox');
    await sleep(POLL_MS);
    open = await openProblems(soak, domains);
    if (open.length === 0) break;
    const before = state;
    // One message stands for all events of a webhook.
    state = [...open, ...soak.webhooks.map(({ inbox }) => inbox.accepted.size)].join();
    unchanged += 1;
    if (state === before) continue;
    changedAt = Date.now();
    unchanged = 0;
  }
  const settleSeconds = Math.round((Date.now() - started) / 1_000);
  await soak.commits.catchUp();
  const data = await Promise.all(domains.map(({ domainId }) => readDomain(domainId)));
  const domainIds = domains.map(({ domainId }) => domainId);
  const found: string[] = [
    ...soak.problems,
    ...open,
    ...soak.seatWatch.problems,
    ...soak.auditWatch.problems(),
  ];
  let events = 0;
  for (const [at, domain] of domains.entries()) {
    const audit = auditOf(soak, domain);
    const stored = data[at] as DomainData;
    const feed = await readFeed(domain.domainId);
    events += feed.length;
    found.push(
      ...findInconsistencies({ ...stored, audit: inOrder(stored.audit, audit) }),
      ...valueProblems(domain, stored),
      ...keyReplacementProblems(domain, audit),
      ...(await adminProblems(domain)),
      ...notificationProblems(stored.licenses, await readMails(domain.domainId)),
      ...eventProblems('feed', feed, { ...soak.expectedEvents, domainIds: [domain.domainId] }),
      ...(isWholeTable ? [] : await verifyProblems(domain.domainId)),
    );
  }
  if (isWholeTable) found.push(...(await verifyProblems()));
  found.push(...(await mailProblems(domainIds, [...injected, ...soak.kills])));
  for (const webhook of soak.webhooks) found.push(...(await secretProblems(webhook)));
  const idleBy = Date.now() + IDLE_MS;
  // The requests of the checks for more attempts make work, too.
  while (!areIdle(await soak.queues.open()) && Date.now() < idleBy) await sleep(POLL_MS);
  const queues = await soak.queues.open();
  found.push(...queueProblems(queues));
  const sum = (of: (each: DomainData) => readonly unknown[]) =>
    data.reduce((total, each) => total + of(each).length, 0);
  return {
    ...{ settleSeconds, events, problems: [...new Set(found)], explained: explainedMessages(queues) },
    licenses: sum(({ licenses }) => licenses),
    users: sum(({ users }) => users),
    groups: sum(({ groups }) => groups),
    auditEvents: sum(({ audit }) => audit),
  };
}

/** Returns what is still to be done; it is wrong only if it stays. */
async function openProblems(soak: Soak, domains: readonly SoakDomain[]): Promise<string[]> {
  const queues = await soak.queues.open();
  // Their messages change as long as they are tried.
  if (!areIdle(queues)) {
    const sizes = Object.entries(queues).map(([name, { length }]) => `${name} (${length})`);
    return [`There is work in ${sizes.join(', ')}.`];
  }
  const found: string[] = [];
  for (const { domainId, isDeleted } of soak.domains) {
    const stored = await readDomain(domainId);
    if (isDeleted) found.push(...leftovers(stored).map((each) => `deleted domain ${domainId}: ${each}`));
    else {
      found.push(...findUnsweptReferences(stored).map((each) => `domain ${domainId}: ${each}`));
      const mails = await readMails(domainId);
      found.push(...unsettledMails(stored.licenses, mails).map((each) => `domain ${domainId}: ${each}`));
    }
  }
  if (found.length > 0) return found;
  await soak.commits.catchUp();
  const domainIds = new Set(domains.map(({ domainId }) => domainId));
  for (const webhook of soak.webhooks) {
    const kept = webhook.domainIds.filter((domainId) => domainIds.has(domainId));
    found.push(...(await webhookProblems({ ...webhook, domainIds: kept }, soak.expectedEvents)));
  }
  return found;
}

/** Returns what is left of a deleted domain. */
const leftovers = ({ users, groups, claims, memberships, licenses, addressItems }: DomainData): string[] =>
  Object.entries({ users, groups, claims, memberships, licenses, addressItems }).flatMap(
    ([kind, { length }]) => (length > 0 ? [`${length} ${kind}`] : []),
  );

const auditOf = ({ auditWatch }: Soak, { domainId }: SoakDomain): readonly AuditEvent[] =>
  auditWatch.audits.get(domainId) ?? [];

/**
 * Sorts events into the order of their commits, which is not that of their IDs if requests run at the same
 * time.
 */
function inOrder(events: readonly AuditEvent[], committed: readonly AuditEvent[]): AuditEvent[] {
  const positions = new Map(committed.map(({ id }, at) => [id, at]));
  return events.toSorted((one, other) => (positions.get(one.id) ?? 0) - (positions.get(other.id) ?? 0));
}

/** Reads the feed of a domain by the API. */
async function readFeed(domainId: string): Promise<ChangeEvent[]> {
  const events: ChangeEvent[] = [];
  for (let after = '0', more = true; more;) {
    const { body } = await adminRequest(
      'GET',
      `/domains/${domainId}/events?after=${after}&limit=${FEED_PAGE}`,
    );
    events.push(...(body.items as unknown as ChangeEvent[]));
    after = body.next ?? after;
    more = body.more === true;
  }
  return events;
}
