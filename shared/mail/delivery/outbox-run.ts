import type { OutboxEntry } from '../../store/mail/outbox-store';
import type { DeliveryOutcome } from './delivery';
import { MAX_SEND_MS } from '../ses/ses-sender';

/** The longest that one mail of the outbox can take: a send, and the table's answers. */
export const MAX_DUE_DELIVERY_MS = MAX_SEND_MS + 8_000;

/** So many failures of SES in a row end a run: the next one asks again. */
const MAX_CONSECUTIVE_FAILURES = 3;
const FIRST_BACKOFF_MS = 1_000;

export interface OutboxRun {
  /** In the order of their times. */
  readonly due: AsyncIterable<OutboxEntry>;
  readonly deliver: (entry: OutboxEntry) => Promise<DeliveryOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onOutcome: (entry: OutboxEntry, outcome: DeliveryOutcome) => void;
  readonly onError: (entry: OutboxEntry, error: unknown) => void;
}

/**
 * Delivers what is due, one after the other, for as long as there is time. SES that throttles is asked more slowly, one that
 * fails on and on is left alone; a mail that cannot be handled is left behind and does not hold up the others.
 */
export async function runOutbox(run: OutboxRun): Promise<void> {
  let failures = 0;
  for await (const entry of run.due) {
    if (run.remainingMs() < MAX_DUE_DELIVERY_MS) return;
    try {
      const result = await run.deliver(entry);
      run.onOutcome(entry, result);
      failures = 'error' in result && result.outcome !== 'failed' ? failures + 1 : 0;
    } catch (error) {
      run.onError(entry, error);
    }
    if (failures === MAX_CONSECUTIVE_FAILURES) return;
    if (failures > 0) await run.sleep(FIRST_BACKOFF_MS * 2 ** (failures - 1));
  }
}
