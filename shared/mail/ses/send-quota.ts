import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { requestTimeouts } from '../../request-timeouts';

/** The emails a second that are assumed if SES does not report its quota. */
const ASSUMED_QUOTA = 10;
const CACHE_MS = 60_000;

export interface SendQuotaReaderOptions {
  readonly now: () => Date;
  /** Receives how much of the quota of 24 hours the account has used, in percent. */
  readonly onUsed: (percent: number) => void;
  /** Called if SES does not report its quota. */
  readonly onError: (error: unknown) => void;
}

/**
 * Returns a function that reads how many emails SES accepts from the account in a second, and caches it for a
 * minute.
 */
export function sendQuotaReader({ now, onUsed, onError }: SendQuotaReaderOptions): () => Promise<number> {
  const client = new SESClient({
    maxAttempts: 2,
    requestHandler: requestTimeouts(2_000),
  });
  let cached: { readonly quota: number; readonly until: number } | undefined;
  return async () => {
    if (cached && now().getTime() < cached.until) return cached.quota;
    let quota: number | undefined;
    try {
      const {
        MaxSendRate,
        Max24HourSend = 0,
        SentLast24Hours = 0,
      } = await client.send(new GetSendQuotaCommand({}));
      quota = MaxSendRate;
      // An account without a limit reports -1.
      if (Max24HourSend > 0) onUsed((100 * SentLast24Hours) / Max24HourSend);
    } catch (error) {
      onError(error);
    }
    cached = { quota: quota ?? cached?.quota ?? ASSUMED_QUOTA, until: now().getTime() + CACHE_MS };
    return cached.quota;
  };
}
