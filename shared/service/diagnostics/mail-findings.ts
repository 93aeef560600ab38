import type { SenderStatus } from '../../mail/ses/sender-status';
import type { FindingDraft } from './finding';

/** What is to be said of the sender of license mails, `identity`, a domain or an address. */
export function mailFindings(status: SenderStatus, identity: string): FindingDraft[] {
  return [
    ...(status.isVerified ? [] : [unverified(identity)]),
    ...(status.isPaused ? [PAUSED] : []),
    ...(status.isSandbox ? [SANDBOX] : []),
  ];
}

const unverified = (identity: string): FindingDraft => ({
  code: 'sender-unverified',
  severity: 'error',
  found: `Amazon SES has not verified ${identity}, from which license mails go out: it takes none of them.`,
  action: identity.includes('@')
    ? `Operator: confirm the mail that SES sent to ${identity}, or create its identity in SES.`
    : `Operator: set the CNAME records by which SES recognizes ${identity}; they are outputs of the stack ScimLicenses.`,
});

const PAUSED: FindingDraft = {
  code: 'sending-paused',
  severity: 'error',
  found: 'Sending is stopped for the whole SES account: license mails wait, and are given up after a day.',
  action:
    'Operator: find out in the console of SES why sending was stopped, remove the cause and have it started again.',
};

const SANDBOX: FindingDraft = {
  code: 'sender-sandbox',
  severity: 'error',
  found: 'The SES account is in the sandbox: license mails reach only addresses that were verified with SES.',
  action: 'Operator: request production access for SES in this region.',
};

export const SENDER_UNKNOWN: FindingDraft = {
  code: 'sender-unknown',
  severity: 'warning',
  found: 'Amazon SES could not be asked whether license mails can be sent.',
  action:
    'Operator: look into the log of the function that checks readiness; it has the cause. License mails may go out all the same.',
};
