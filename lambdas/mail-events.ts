import type { Context, SNSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { parseSesEvent } from '../shared/mail/ses/ses-event';
import { MailEventStore } from '../shared/store/mail/mail-event-store';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

const METRIC_OF_KIND = {
  delivered: 'MailDelivered',
  softBounced: 'MailSoftBounced',
  bounced: 'MailBounced',
  complained: 'MailComplained',
  rejected: 'MailRejected',
} as const;

let store: MailEventStore | undefined;

/**
 * Records the events that SES publishes about accepted emails; see docs/mail.md. Throws if a retry may
 * succeed.
 */
export async function handler(event: SNSEvent, context: Context): Promise<void> {
  await withTelemetry(context, event, async () => {
    store ??= new MailEventStore(openTable(), Number(requireEnv(ENV.auditRetentionDays)));
    for (const { Sns } of event.Records) await handleRecord(Sns, store);
  });
}

/** The text of the event is not logged, because servers put addresses into it. */
async function handleRecord(
  { Message, MessageId }: SNSEvent['Records'][number]['Sns'],
  events: MailEventStore,
): Promise<void> {
  const event = parseSesEvent(Message);
  if (!event)
    return logger.info('Ignored a message that is not an event of a license email', {
      snsMessageId: MessageId,
    });
  const { kind, ref, messageId } = event;
  const outcome = await events.record(event);
  if (outcome === 'noted') addMetric(METRIC_OF_KIND[kind]);
  logger.info('Email event', { kind, outcome, ...ref, messageId });
}
