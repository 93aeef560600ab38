import { MAX_SEND_MS } from '../ses/ses-sender';

/** The longest time that one due email can take: a send, and the requests to the table. */
export const MAX_DUE_DELIVERY_MS = MAX_SEND_MS + 8_000;

/** The number of failures of SES in a row that end a run. The next run tries again. */
const MAX_CONSECUTIVE_FAILURES = 3;
const FIRST_BACKOFF_MS = 1_000;

/** The outcome of an email. With an `error`, SES failed; `failed` means that only this email cannot be sent. */
interface Outcome {
  readonly outcome: string;
  readonly error?: string;
}

export interface DeliveryRun<Entry, Result extends Outcome> {
  /** The due emails, the earliest first. */
  readonly due: AsyncIterable<Entry>;
  readonly deliver: (entry: Entry) => Promise<Result>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called with the outcome of each email. */
  readonly onOutcome: (entry: Entry, outcome: Result) => void;
  /** Called for each email that failed before SES was called. It stays due. */
  readonly onError: (entry: Entry, error: unknown) => void;
}

/**
 * Delivers the due emails, one after the other, until the time is up. The run slows down with each failure of
 * SES and stops after three failures in a row. An email that cannot be processed does not hold up the others.
 */
export async function runDeliveries<Entry, Result extends Outcome>(
  run: DeliveryRun<Entry, Result>,
): Promise<void> {
  let failures = 0;
  for await (const entry of run.due) {
    if (run.remainingMs() < MAX_DUE_DELIVERY_MS) return;
    try {
      const result = await run.deliver(entry);
      run.onOutcome(entry, result);
      failures = result.error !== undefined && result.outcome !== 'failed' ? failures + 1 : 0;
    } catch (error) {
      run.onError(entry, error);
    }
    if (failures === MAX_CONSECUTIVE_FAILURES) return;
    if (failures > 0) await run.sleep(FIRST_BACKOFF_MS * 2 ** (failures - 1));
  }
}
