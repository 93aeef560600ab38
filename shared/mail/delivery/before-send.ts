import type { SuppressionStore } from '../../store/mail/suppression-store';
import type { BeforeSend } from './delivery';

/** Sends nothing to an address from which mails came back, until an administrator clears it. */
export const holdBack =
  (addresses: Pick<SuppressionStore, 'holdsBack'>): BeforeSend =>
  async ({ ref, holder }) =>
    (await addresses.holdsBack(ref, holder.email)) ? { status: 'suppressed' } : undefined;
