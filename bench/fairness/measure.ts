import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { laneOf } from '../../local/services/event-source-mappings/lanes';
import { newId } from '../../shared/id';
import { readMailItem, type MailItem } from '../../shared/store/mail/mail-item';
import { licensePartition, licenseRecordKey } from '../../shared/store/table/keys';
import { mailPartition, outboxPartition } from '../../shared/store/table/mail-keys';
import { BenchDomain, type MeasuredSystem } from '../contention/bench-domain';

const POLL_MS = 50;
/** The lanes of `license-changes` (lib/constructs/licenses/license-changes.ts). */
const LANES = 10;
const QUIET_SAMPLES = 5;
const PAUSE_MS = 1_500;
const WRITERS = 10;

export interface FairnessSize {
  /** The users of the import. */
  readonly users: number;
  /** The users that the import creates in a second. */
  readonly perSecond: number;
}

export interface Samples {
  readonly name: string;
  /** Milliseconds in the quiet system, and during the import. */
  readonly quiet: readonly number[];
  readonly during: readonly number[];
}

export interface FairnessFigures {
  readonly samples: readonly Samples[];
  /** The emails of the import that were sent, and the number of different addresses among them. */
  readonly sent: number;
  readonly addresses: number;
  /** Emails of the import in a second, from its first email to its last one. */
  readonly rate: number;
  /** Emails of all domains in this time, also in a second. They share the rate of SES. */
  readonly accountRate: number;
}

/**
 * Measures the emails and seats of other domains in the quiet system, and during the import of one domain.
 */
export async function measureFairness(system: MeasuredSystem, size: FairnessSize): Promise<FairnessFigures> {
  const importer = await BenchDomain.create(system);
  const probes: Probe[] = [
    mailProbe('email of another domain', await domainInLane(system, importer, false)),
    mailProbe('email of a domain in the same lane', await domainInLane(system, importer, true)),
    await seatProbe('free seat', system),
  ];
  const quiet = new Map<Probe, number[]>(probes.map((probe) => [probe, []]));
  const during = new Map<Probe, number[]>(probes.map((probe) => [probe, []]));
  // The first round starts the functions.
  for (const probe of probes) await probe.measure();
  for (let sample = 0; sample < QUIET_SAMPLES; sample++)
    for (const probe of probes) quiet.get(probe)?.push(await probe.measure());

  const sentBefore = (await addressesIn(system, '@')).length;
  const writing = importLicenses(importer, size);
  let isWritten = false;
  void writing.then(() => (isWritten = true));
  for (;;) {
    for (const probe of probes) during.get(probe)?.push(await probe.measure());
    if (isWritten && (await isSettled(importer, size.users))) break;
    await sleep(PAUSE_MS);
  }
  await writing;
  const sentAt = (await mailsOf(importer)).flatMap((mail) => mail.sentAt ?? []).sort();
  const addresses = await addressesIn(system, importer.domainId);
  const sentByAll = (await addressesIn(system, '@')).length - sentBefore;
  return {
    samples: probes.map((probe) => ({
      name: probe.name,
      quiet: quiet.get(probe) ?? [],
      during: during.get(probe) ?? [],
    })),
    sent: addresses.length,
    addresses: new Set(addresses).size,
    rate: rateOf(sentAt),
    accountRate: (rateOf(sentAt) * sentByAll) / addresses.length,
  };
}

/** Something of another domain that must not wait for an import. */
interface Probe {
  readonly name: string;
  /** Returns milliseconds. */
  readonly measure: () => Promise<number>;
}

/** Measures the time from the response to the creation of a user to the user's email. */
const mailProbe = (name: string, domain: BenchDomain): Probe => ({
  name,
  measure: async () => {
    const userId = await createUser(domain, `${randomUUID()}@example.com`);
    const started = Date.now();
    for (;;) {
      const [mail] = await mailsOf(domain, userId);
      if (mail?.sentAt !== undefined) return Math.max(0, Date.parse(mail.sentAt) - started);
      await sleep(POLL_MS);
    }
  },
});

/** Returns the emails of a domain, or of one user. */
async function mailsOf({ table, domainId }: BenchDomain, userId = ''): Promise<MailItem[]> {
  const mails: MailItem[] = [];
  const pages = table.pages({
    pk: mailPartition(domainId),
    ...(userId !== '' && { sortKey: { beginsWith: `${userId}#` } }),
  });
  for await (const items of pages) mails.push(...items.map((item) => readMailItem(domainId, item)));
  return mails;
}

/** Returns whether all licenses of the import have an email, and none waits in the outbox. */
async function isSettled(importer: BenchDomain, users: number): Promise<boolean> {
  const { items } = await importer.table.query({ pk: outboxPartition(importer.domainId), limit: 1 });
  return items.length === 0 && (await mailsOf(importer)).filter(({ sentAt }) => sentAt).length >= users;
}

/** Returns the addresses to which the emails in the mailbox went that contain a text. */
async function addressesIn({ session }: MeasuredSystem, text: string): Promise<string[]> {
  const response = await fetch(`${session.mailUrl}/store`);
  const { emails } = (await response.json()) as { emails: { destination: { to: string[] } }[] };
  return emails.flatMap(({ destination: { to } }) => to.filter((address) => address.includes(text)));
}

/**
 * Measures the time from the response to a deactivation to the activation of the license that waits for its
 * seat.
 */
async function seatProbe(name: string, system: MeasuredSystem): Promise<Probe> {
  const domain = await BenchDomain.create(system, { seats: 1, seatPolicy: 'wait' });
  let holder = await createUser(domain, `${randomUUID()}@example.com`);
  return {
    name,
    measure: async () => {
      const waiting = await createUser(domain, `${randomUUID()}@example.com`);
      const body = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      };
      await domain.request('PATCH', `/Users/${holder}`, body);
      const started = Date.now();
      const key = licenseRecordKey(domain.domainId, waiting);
      while ((await domain.table.get(key))?.status !== 'active') await sleep(POLL_MS);
      holder = waiting;
      return Date.now() - started;
    },
  };
}

async function createUser(domain: BenchDomain, address: string): Promise<string> {
  const response = await domain.request('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: address,
    emails: [{ value: address, primary: true }],
  });
  if (response.status !== 201) throw new Error(`The user was not created: ${JSON.stringify(response.body)}`);
  return (response.body as { id: string }).id;
}

/**
 * Creates domains until the licenses of one are in the same lane of the stream as those of `other`, or in
 * another.
 */
async function domainInLane(
  system: MeasuredSystem,
  other: BenchDomain,
  isSame: boolean,
): Promise<BenchDomain> {
  const lane = ({ domainId }: BenchDomain) =>
    laneOf(JSON.stringify({ S: licensePartition(domainId) }), LANES);
  for (;;) {
    const domain = await BenchDomain.create(system);
    if ((lane(domain) === lane(other)) === isSame) return domain;
  }
}

/**
 * Writes the licenses of an import at a steady rate. Their users are left out, because they have no part in
 * emails. The address of a license contains the domain.
 */
async function importLicenses(
  { table, domainId }: BenchDomain,
  { users, perSecond }: FairnessSize,
): Promise<void> {
  const started = Date.now();
  let next = 0;
  const write = async (): Promise<void> => {
    for (let at = next++; at < users; at = next++) {
      await sleep(Math.max(0, started + (at * 1_000) / perSecond - Date.now()));
      const [userId, changeId] = [newId(), newId()];
      await table.put({
        ...licenseRecordKey(domainId, userId),
        ...{ domainId, userId, changeId, activationId: changeId, status: 'active' },
        ...{ changedAt: new Date().toISOString(), userType: 'Basic User' },
        ...{ userName: `user-${at}`, name: `User ${at}`, email: `user-${at}.${domainId}@example.com` },
      });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

function rateOf(sentAt: readonly string[]): number {
  const [first, last] = [Date.parse(sentAt[0] ?? ''), Date.parse(sentAt.at(-1) ?? '')];
  return last > first ? ((sentAt.length - 1) * 1_000) / (last - first) : 0;
}
