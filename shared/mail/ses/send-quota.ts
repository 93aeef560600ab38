import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { requestTimeouts } from '../../request-timeouts';

/** The emails a second that are assumed if SES does not report its quota. */
const ASSUMED_QUOTA = 10;
const CACHE_MS = 60_000;

/**
 * Returns a function that reads how many emails SES accepts from the account in a second, and caches it for a minute.
 * Calls `onError` if SES does not report it.
 */
export function sendQuotaReader(now: () => Date, onError: (error: unknown) => void): () => Promise<number> {
  const client = new SESClient({
    maxAttempts: 2,
    requestHandler: requestTimeouts(2_000),
  });
  let cached: { readonly quota: number; readonly until: number } | undefined;
  return async () => {
    if (cached && now().getTime() < cached.until) return cached.quota;
    let quota: number | undefined;
    try {
      quota = (await client.send(new GetSendQuotaCommand({}))).MaxSendRate;
    } catch (error) {
      onError(error);
    }
    cached = { quota: quota ?? cached?.quota ?? ASSUMED_QUOTA, until: now().getTime() + CACHE_MS };
    return cached.quota;
  };
}
