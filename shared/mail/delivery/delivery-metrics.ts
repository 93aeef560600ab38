import type { DeliveryOutcome } from './delivery';

const METRICS: Partial<Record<DeliveryOutcome['outcome'], string>> = {
  sent: 'MailSent',
  failed: 'MailRefused',
  givenUp: 'MailGivenUp',
  superseded: 'MailSuperseded',
  suppressed: 'MailSuppressed',
  repeated: 'MailRepeated',
};

/** The metric that counts an outcome; none where nothing went wrong and nothing was sent. */
export function metricOf(result: DeliveryOutcome): string | undefined {
  if (result.outcome === 'delayed') return result.error === undefined ? undefined : 'MailDelayed';
  return METRICS[result.outcome];
}
