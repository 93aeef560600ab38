import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { requestTimeouts } from '../../request-timeouts';

/** The status of the SES account in this region and of the identity that sends license emails. */
export interface SenderStatus {
  /** True if SES accepts emails from the identity. */
  readonly isVerified: boolean;
  /** True if the account is in the sandbox: its emails only reach addresses that are verified in SES. */
  readonly isSandbox: boolean;
  /** True if AWS or the operator has paused all sending. */
  readonly isPaused: boolean;
}

const CACHE_MS = 60_000;

/**
 * Returns a function that reads the status of `identity`, a domain or an address, with GetAccount and
 * GetEmailIdentity. They belong to the SES API v2, because v1 does not report the sandbox. The result, or the
 * error, is cached for a minute. `now` returns milliseconds.
 */
export function senderStatusReader(identity: string, now: () => number): () => Promise<SenderStatus> {
  const client = new SESv2Client({
    maxAttempts: 2,
    requestHandler: requestTimeouts(2_000),
  });
  let cached: { readonly until: number; readonly status: Promise<SenderStatus> } | undefined;
  return () => {
    if (!cached || now() >= cached.until)
      cached = { until: now() + CACHE_MS, status: readStatus(client, identity) };
    return cached.status;
  };
}

async function readStatus(client: SESv2Client, identity: string): Promise<SenderStatus> {
  const [account, isVerified] = await Promise.all([
    client.send(new GetAccountCommand({})),
    isIdentityVerified(client, identity),
  ]);
  return {
    isVerified,
    isSandbox: account.ProductionAccessEnabled !== true,
    isPaused: account.SendingEnabled === false,
  };
}

async function isIdentityVerified(client: SESv2Client, EmailIdentity: string): Promise<boolean> {
  try {
    const { VerifiedForSendingStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
    return VerifiedForSendingStatus === true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  }
}
