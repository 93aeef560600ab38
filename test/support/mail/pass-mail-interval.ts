import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import { mailBudgetPartition } from '../../../shared/store/table/mail-keys';
import { keyOf, optionalText } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import { fireRule } from '../system/system';

const RETENTION_DAYS = 365;

/**
 * Makes it `minutes` later for the emails of a license: for the last email to each address, and for emails
 * that wait.
 */
export async function passMailInterval(
  table: Table,
  { domainId, userId, minutes }: { domainId: string; userId: string; minutes: number },
): Promise<void> {
  const earlier = (time: string) => new Date(Date.parse(time) - minutes * 60_000);
  const { items } = await table.query({ pk: mailBudgetPartition(domainId) });
  for (const item of items) {
    const at = optionalText(item, 'at');
    if (at !== undefined) await table.update(keyOf(item), { set: { at: earlier(at).toISOString() } });
  }
  const mails = new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays: RETENTION_DAYS });
  const outbox = new OutboxStore(table, RETENTION_DAYS);
  const { entries } = await new LicenseHistory(table).page(domainId, userId, 1_000);
  for (const entry of entries) {
    const { to } = entry;
    if (entry.status !== 'due' || entry.dueAt === undefined || to === undefined) continue;
    const claim = await mails.claimDue(entry, entry.dueAt, { ...entry, to }, new Date());
    if (typeof claim === 'object')
      await outbox.postpone(entry, claim, earlier(entry.dueAt), undefined, { isUnsent: true });
  }
  await fireRule('MailOutbox');
}
