import type { LicenseRecord } from '../../../store/licenses/license-record';
import type { UndeliverableAddress } from '../../../store/diagnostics/diagnostic';
import type { SuppressedAddress } from '../../../store/mail/suppression-store';
import { draftFinding, type FindingDraft } from '../finding';

/** An undeliverable address with the license that has it. */
export interface AddressWithLicense {
  readonly undeliverable: UndeliverableAddress;
  readonly license?: LicenseRecord;
}

/**
 * Reports undeliverable addresses of active and pending licenses, unless the address or the email has changed
 * since.
 */
export function undeliverableFindings(addresses: readonly AddressWithLicense[]): FindingDraft[] {
  const current = addresses
    .filter(isCurrent)
    .flatMap(({ undeliverable: { email, ...other } }) => (email === undefined ? [] : [{ ...other, email }]));
  if (current.length === 0) return [];
  return [
    draftFinding(
      'addresses-undeliverable',
      'warning',
      { addresses: current.map(({ email }) => email) },
      current.map(({ userId, email, lastAt, detail }) => ({
        userId,
        address: email,
        at: lastAt,
        ...(detail !== undefined && { reason: detail }),
      })),
    ),
  ];
}

/** Reports active and pending licenses without an address. `more` is true if there may be further ones. */
export function missingAddressFindings(
  addresses: readonly AddressWithLicense[],
  more: boolean,
): FindingDraft[] {
  const current = addresses.filter(
    (address) => address.undeliverable.email === undefined && isCurrent(address),
  );
  if (current.length === 0) return [];
  return [
    draftFinding(
      'addresses-missing',
      'warning',
      {
        users: { number: current.length, atLeast: more },
        names: current.map(({ license, undeliverable }) => license?.userName ?? undeliverable.userId),
      },
      current.map(({ license, undeliverable }) => ({
        userId: undeliverable.userId,
        userName: license?.userName ?? null,
        at: undeliverable.lastAt,
      })),
    ),
  ];
}

/** Returns whether the license still has that address, or still has none, and waits for that email. */
export function isCurrent({ undeliverable, license }: AddressWithLicense): boolean {
  if (!license || license.status === 'inactive' || license.email !== undeliverable.email) return false;
  const lastMail = license.resendId ?? license.changeId;
  return undeliverable.mailId === undefined || undeliverable.mailId === lastMail;
}

/** Reports addresses that bounced or complained. `more` is true if the domain has further ones. */
export function bouncedFindings(addresses: readonly SuppressedAddress[], more: boolean): FindingDraft[] {
  if (addresses.length === 0) return [];
  return [
    draftFinding(
      'addresses-bounced',
      'warning',
      {
        addresses: addresses.map(({ address }) => address),
        atLeast: more,
        complaints: addresses.filter(({ reason }) => reason === 'complained').length,
        // Emails to notification addresses are about no user.
        places: {
          users: addresses.some(({ userId }) => userId !== undefined),
          notifications: addresses.some(({ userId }) => userId === undefined),
        },
      },
      addresses.map(({ address, userId, reason, at, detail }) => ({
        address,
        ...(userId !== undefined && { userId }),
        reason,
        at,
        ...(detail !== undefined && { detail }),
      })),
    ),
  ];
}
