import type { SenderStatus } from '../../../mail/ses/sender-status';
import type { FindingDraft } from '../finding';

/**
 * Reports problems with the sender of license emails. `identity` is the domain or address of the sender in
 * SES.
 */
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
  found: `Amazon SES has not verified ${identity}, the sender of license emails, so it accepts none of them.`,
  action: identity.includes('@')
    ? `Operator: confirm the email that SES sent to ${identity}, or create its identity in SES.`
    : `Operator: create the CNAME records by which SES verifies ${identity}. ` +
      'They are outputs of the stack ScimLicenses.',
});

const PAUSED: FindingDraft = {
  code: 'sending-paused',
  severity: 'error',
  found: 'Sending is paused for the whole SES account. License emails wait, and are abandoned after one day.',
  action:
    'Operator: find out in the SES console why sending was paused, fix the cause, and request that ' +
    'sending is resumed.',
};

const SANDBOX: FindingDraft = {
  code: 'sender-sandbox',
  severity: 'error',
  found:
    'The SES account is in the sandbox, so license emails reach only addresses that are verified with SES.',
  action: 'Operator: request production access for SES in this region.',
};

export const SENDER_UNKNOWN: FindingDraft = {
  code: 'sender-unknown',
  severity: 'warning',
  found: 'The request to Amazon SES for the status of the sender failed.',
  action:
    'Operator: find the cause in the log of the function that checks readiness. License emails may still ' +
    'be sent.',
};
