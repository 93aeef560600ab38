import type { FindingDraft } from '../diagnostics/finding';
import type { Table } from '../../store/table/table';
import { UndeliveredEvents } from '../../store/webhooks/undelivered';
import { WebhookStates } from '../../store/webhooks/webhook-state';
import { WebhookSubscriptions } from '../../store/webhooks/webhook-subscriptions';
import { webhookFindings } from './webhook-findings';

/** This limit makes the cost of a check independent of the number of dead letters that have not expired. */
const MAX_DEAD_LETTERS = 100;

/** Checks the webhooks of a domain. A domain without webhooks costs one read. */
export async function checkWebhooks(table: Table, domainId: string, now: Date): Promise<FindingDraft[]> {
  const webhooks = await new WebhookSubscriptions(table, 0).active(domainId);
  if (webhooks.length === 0) return [];
  const [states, deadLetters] = await Promise.all([
    new WebhookStates(table).all(domainId),
    new UndeliveredEvents(table).countDeadLetters(domainId, now, MAX_DEAD_LETTERS),
  ]);
  return webhookFindings({ webhooks, states, deadLetters }, now);
}
