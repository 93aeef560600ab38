import { MAX_SEND_MS } from '../ses/ses-sender';

/** The longest time that one due email can take: a send, and the requests to the table. */
export const MAX_DUE_DELIVERY_MS = MAX_SEND_MS + 8_000;

/** The number of failures of SES in a row that end a run. The next run tries again. */
const MAX_CONSECUTIVE_FAILURES = 3;
const FIRST_BACKOFF_MS = 1_000;

/**
 * The outcome of an email. With an `error`, SES failed; `failed` means that only this email cannot be sent,
 * and `isThrottled` that SES works.
 */
interface Outcome {
  readonly outcome: string;
  readonly error?: string;
  readonly isThrottled?: boolean;
}

export interface DeliveryRun<Entry, Result extends Outcome> {
  /** Returns the next due email; undefined if there is none. */
  readonly next: () => Promise<Entry | undefined>;
  readonly deliver: (entry: Entry) => Promise<Result>;
  /** The number of emails that are delivered at the same time. @default 1 */
  readonly workers?: number;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called with the outcome of each email. */
  readonly onOutcome: (entry: Entry, outcome: Result) => void;
  /** Called for each email that failed before SES was called. It stays due. */
  readonly onError: (entry: Entry, error: unknown) => void;
}

/**
 * `finished`: no email is due anymore. `timeUp`: emails may be left. `failing`: SES fails, and emails may be
 * left.
 */
export type RunEnd = 'finished' | 'timeUp' | 'failing';

/**
 * Delivers the due emails with several workers, until the time is up. A worker slows down with each failure
 * of SES, and the run stops after three failures in a row. An email that cannot be processed does not hold up
 * the others.
 */
export async function runDeliveries<Entry, Result extends Outcome>(
  run: DeliveryRun<Entry, Result>,
): Promise<RunEnd> {
  let failures = 0;
  let end: RunEnd = 'finished';
  const work = async (): Promise<void> => {
    while (end === 'finished') {
      const entry = await run.next();
      if (!entry) return;
      if (run.remainingMs() < MAX_DUE_DELIVERY_MS) {
        end = 'timeUp';
        return;
      }
      try {
        const result = await run.deliver(entry);
        run.onOutcome(entry, result);
        failures = isFailureOfSes(result) ? failures + 1 : 0;
      } catch (error) {
        run.onError(entry, error);
      }
      if (failures >= MAX_CONSECUTIVE_FAILURES) end = 'failing';
      else if (failures > 0) await run.sleep(FIRST_BACKOFF_MS * 2 ** (failures - 1));
    }
  };
  await Promise.all(Array.from({ length: run.workers ?? 1 }, work));
  return end;
}

const isFailureOfSes = ({ outcome, error, isThrottled }: Outcome): boolean =>
  error !== undefined && outcome !== 'failed' && !isThrottled;
