import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';

/** What SES says of this account and region, and of the identity from which license mails go out. */
export interface SenderStatus {
  /** SES takes mails from the identity. */
  readonly isVerified: boolean;
  /** Mails reach addresses only that were verified with SES. */
  readonly isSandbox: boolean;
  /** AWS or the operator stopped all sending. */
  readonly isPaused: boolean;
}

const CACHE_MS = 60_000;

/**
 * Reads the status of `identity`, a domain or an address, by GetAccount and GetEmailIdentity (SES API v2; v1 does not tell of
 * the sandbox). What it read, or that it could not be read, stands for a minute. `now` in milliseconds.
 */
export function senderStatusReader(
  identity: string,
  now: () => number = Date.now,
): () => Promise<SenderStatus> {
  const client = new SESv2Client({
    maxAttempts: 2,
    // Without the last of these a timeout only writes a warning.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  let kept: { readonly until: number; readonly status: Promise<SenderStatus> } | undefined;
  return () => {
    if (!kept || now() >= kept.until)
      kept = { until: now() + CACHE_MS, status: readStatus(client, identity) };
    return kept.status;
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
