import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { deriveLicenseKey } from '../shared/license-key';
import { withoutLocalParts } from '../shared/mail/address';
import { CLAIM_LEASE_MS, deliver, type Delivery, type DeliveryOutcome } from '../shared/mail/deliver';
import type { PlannedMail } from '../shared/mail/planned-mail';
import { renderMail } from '../shared/mail/render';
import { sesSender } from '../shared/mail/ses-sender';
import { parseMailSettings } from '../shared/mail/settings';
import { handleBatch } from '../shared/mail/stream-batch';
import { openMailTemplates } from '../shared/mail/template-file';
import { readSecret } from '../shared/secret';
import { MailStore } from '../shared/store/mail-store';
import { openTable } from '../shared/store/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

const METRIC_OF_OUTCOME = {
  sent: 'MailSent',
  failed: 'MailRefused',
  superseded: 'MailSuperseded',
  repeated: 'MailRepeated',
} as const satisfies Record<DeliveryOutcome['outcome'], string>;

let delivery: Delivery | undefined;

async function wire(): Promise<Delivery> {
  const settings = parseMailSettings(requireEnv(ENV.mailSettings));
  const templates = openMailTemplates(requireEnv(ENV.mailTemplates));
  const secret = await readSecret(requireEnv(ENV.licenseSecretArn));
  return {
    mails: new MailStore(openTable(), CLAIM_LEASE_MS),
    send: sesSender(settings),
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
    render: (mail) =>
      mail.kind === 'license-key'
        ? renderMail(
            {
              kind: mail.kind,
              key: deriveLicenseKey(secret, { ...mail.change, activationId: mail.activationId }),
            },
            mail.holder,
            settings,
            templates,
          )
        : renderMail(mail, mail.holder, settings, templates),
  };
}

/** Sends the mails of a batch of the table's stream; see docs/mail.md. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  delivery ??= await wire();
  const wired = delivery;
  try {
    return await handleBatch(event.Records, {
      deliver: (mail) => deliver(mail, wired),
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: tellOutcome,
      onError: tellError,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

function tellOutcome({ kind, change }: PlannedMail, result: DeliveryOutcome): void {
  metrics.addMetric(METRIC_OF_OUTCOME[result.outcome], MetricUnit.Count, 1);
  logger[result.outcome === 'failed' ? 'warn' : 'info']('License mail', { kind, ...change, ...result });
}

/** The record itself holds an address, and so may the error: neither is logged as it is. */
function tellError({ dynamodb, eventID }: DynamoDBRecord, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  metrics.addMetric('MailDelayed', MetricUnit.Count, 1);
  logger.error('License mail failed and is tried again', {
    eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
    errorName: name,
    errorMessage: withoutLocalParts(message),
  });
}
