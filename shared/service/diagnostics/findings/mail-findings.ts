import type { SenderStatus } from '../../../mail/ses/sender-status';
import { draftFinding, type FindingDraft } from '../finding';

/**
 * Reports problems with the sender of license emails. `identity` is the domain or address of the sender in
 * SES.
 */
export function mailFindings(status: SenderStatus, identity: string): FindingDraft[] {
  return [
    ...(status.isVerified ? [] : [draftFinding('sender-unverified', 'error', { identity })]),
    ...(status.isPaused ? [draftFinding('sending-paused', 'error', {})] : []),
    ...(status.isSandbox ? [draftFinding('sender-sandbox', 'error', {})] : []),
  ];
}

export const SENDER_UNKNOWN: FindingDraft = draftFinding('sender-unknown', 'warning', {});
