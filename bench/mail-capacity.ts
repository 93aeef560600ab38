import { setTimeout as sleep } from 'node:timers/promises';
import type { CapacityRecord } from '../local/services/dynamodb/meter/capacity';
import { CLAIM_LEASE_MS } from '../shared/mail/delivery/delivery';
import { type MailItem, readMailItem } from '../shared/store/mail/mail-item';
import { MailStore } from '../shared/store/mail/mail-store';
import { OutboxStore } from '../shared/store/mail/outbox-store';
import { mailPartition } from '../shared/store/table/mail-keys';
import type { Table } from '../shared/store/table/table';
import type { MeteredDomain, OperationCost } from './capacity';

const POLL_MS = 50;
const RETENTION_DAYS = 365;

export interface MailParts {
  readonly table: Table;
  /** Creates a domain whose first emails wait for some minutes; 0 sends them at once. */
  readonly createDomain: (mailDelayMinutes: number) => Promise<MeteredDomain & { readonly domainId: string }>;
  /** Starts a run of the outbox. */
  readonly runOutbox: () => Promise<unknown>;
}

/**
 * Measures what the functions that send emails consume for the first email of a domain. This includes the
 * limits of the address and of the hour. A domain without emails is not in the caches of any function.
 */
export async function measureMailOperations(parts: MailParts): Promise<OperationCost[]> {
  const { table, createDomain, runOutbox } = parts;
  const [prompt, delayed] = [await createDomain(0), await createDomain(60)];
  const create = async (domain: MeteredDomain & { readonly domainId: string }) => {
    const userName = `jane.${domain.domainId}@example.com`;
    const { status } = await domain.request('POST', '/Users', { userName, emails: [{ value: userName }] });
    if (status !== 201) throw new Error(`POST /Users returned ${status}.`);
  };
  const isSent = ({ sentAt }: MailItem) => sentAt !== undefined;
  await create(prompt);
  await waitForMail(table, prompt.domainId, isSent);
  const costs = [await costOf(prompt, 'send an email at once')];
  await create(delayed);
  const waiting = await waitForMail(table, delayed.domainId, ({ status }) => status === 'due');
  costs.push(await costOf(delayed, 'leave an email to the outbox'));
  await makeDue(table, waiting);
  await runOutbox();
  await waitForMail(table, delayed.domainId, isSent);
  return [...costs, await costOf(delayed, 'send it from the outbox')];
}

async function costOf(domain: MeteredDomain, operation: string): Promise<OperationCost> {
  const records = (await domain.takeCapacity()).filter(isOfMails);
  const sum = (side: 'read' | 'write'): number => records.reduce((total, record) => total + record[side], 0);
  await domain.takeCanceled();
  return { operation, read: sum('read'), write: sum('write'), canceled: { attempts: 0, write: 0 } };
}

/** A run reads the outbox of a domain by the page, however many of its emails are due. */
const isOfMails = ({ function: name, operation, partitionKeys }: CapacityRecord): boolean =>
  /LicenseChanges|MailOutbox/.test(name) &&
  !(operation === 'Query' && partitionKeys.some((pk) => pk.endsWith('#OUTBOX')));

/**
 * Waits until the only email of a domain is as `check` says, and the meter has recorded the write that made
 * it so.
 */
async function waitForMail(
  table: Table,
  domainId: string,
  check: (mail: MailItem) => boolean,
): Promise<MailItem> {
  for (let seen = 0; ; await sleep(POLL_MS)) {
    const { items } = await table.query({ pk: mailPartition(domainId) });
    const mail = items.map((item) => readMailItem(domainId, item)).find(check);
    if (mail && ++seen > 1) return mail;
  }
}

/** Makes a waiting email due now. The calls of this process are not measured. */
async function makeDue(table: Table, mail: MailItem): Promise<void> {
  const { dueAt, to } = mail;
  const mails = new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays: RETENTION_DAYS });
  const claim = dueAt && to ? await mails.claimDue(mail, dueAt, { ...mail, to }, new Date()) : undefined;
  if (typeof claim !== 'object') throw new Error('The email does not wait.');
  await new OutboxStore(table, RETENTION_DAYS).postpone(mail, claim, new Date(), undefined, {
    isUnsent: true,
  });
}
