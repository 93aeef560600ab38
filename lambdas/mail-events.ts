import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SNSEvent } from 'aws-lambda';
import { parseSesEvent } from '../shared/mail/ses/ses-event';
import { MailEventStore } from '../shared/store/mail/mail-event-store';
import { openTable } from '../shared/store/table/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

const METRIC_OF_KIND = {
  delivered: 'MailDelivered',
  softBounced: 'MailSoftBounced',
  bounced: 'MailBounced',
  complained: 'MailComplained',
  rejected: 'MailRejected',
} as const;

let store: MailEventStore | undefined;

/** Notes what SES tells of mails that it took; see docs/mail.md. Throws what may be better the next time. */
export async function handler({ Records }: SNSEvent, context: Context): Promise<void> {
  logger.addContext(context);
  store ??= new MailEventStore(openTable());
  try {
    for (const { Sns } of Records) await handleRecord(Sns, store);
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

/** The event's text is not logged: servers tell addresses in it. */
async function handleRecord(
  { Message, MessageId }: SNSEvent['Records'][number]['Sns'],
  to: MailEventStore,
): Promise<void> {
  const event = parseSesEvent(Message);
  if (!event) return logger.info('No event of a license mail', { snsMessageId: MessageId });
  const { kind, ref, messageId } = event;
  const outcome = await to.record(event);
  if (outcome === 'noted') metrics.addMetric(METRIC_OF_KIND[kind], MetricUnit.Count, 1);
  logger.info('Mail event', { kind, outcome, ...ref, messageId });
}
