import type { LicenseRecord } from '../../../store/licenses/license-record';
import type { UndeliverableAddress } from '../../../store/diagnostics/diagnostic';
import type { SuppressedAddress } from '../../../store/mail/suppression-store';
import type { FindingDraft } from '../finding';
import { pluralize, joinNames } from '../wording';

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
    {
      code: 'addresses-undeliverable',
      severity: 'warning',
      found:
        `${pluralize(current.length, 'user has an address', 'users have addresses')} to which no email ` +
        'can be sent: ' +
        `${joinNames(current.map(({ email }) => email))}.`,
      action:
        'Administrator of the identity provider: correct the address. License administrator: then send ' +
        'the email again.',
      details: current.map(({ userId, email, lastAt, detail }) => ({
        userId,
        address: email,
        at: lastAt,
        ...(detail !== undefined && { reason: detail }),
      })),
    },
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
    {
      code: 'addresses-missing',
      severity: 'warning',
      found:
        `${more ? 'At least ' : ''}${pluralize(current.length, 'active user has', 'active users have')} no ` +
        `email address, so their license keys wait: ` +
        `${joinNames(current.map(({ license, undeliverable }) => license?.userName ?? undeliverable.userId))}.`,
      action:
        'Administrator of the identity provider: add an address to each user who needs a license key. The ' +
        'key is then emailed. Do nothing for service accounts.',
      details: current.map(({ license, undeliverable }) => ({
        userId: undeliverable.userId,
        userName: license?.userName ?? null,
        at: undeliverable.lastAt,
      })),
    },
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
  const complaints = addresses.filter(({ reason }) => reason === 'complained').length;
  const parts = [
    ...(complaints < addresses.length ? [`${addresses.length - complaints} bounced`] : []),
    ...(complaints > 0 ? [`${complaints} complained about an email`] : []),
  ];
  const atLeast = more ? 'At least ' : '';
  return [
    {
      code: 'addresses-bounced',
      severity: 'warning',
      found:
        `${atLeast}${pluralize(addresses.length, 'address gets', 'addresses get')} no more emails ` +
        `(${parts.join(', ')}): ${joinNames(addresses.map(({ address }) => address))}.`,
      action:
        'License administrator: find out whether the mailbox exists. If not, have the address corrected ' +
        `${correctionPlace(addresses)}. Then clear the address.`,
      details: addresses.map(({ address, userId, reason, at, detail }) => ({
        address,
        ...(userId !== undefined && { userId }),
        reason,
        at,
        ...(detail !== undefined && { detail }),
      })),
    },
  ];
}

/** Names the place of the addresses. Emails to notification addresses are about no user. */
function correctionPlace(addresses: readonly SuppressedAddress[]): string {
  const places = [
    ...(addresses.some(({ userId }) => userId !== undefined) ? ['at the identity provider'] : []),
    ...(addresses.some(({ userId }) => userId === undefined)
      ? ['in the notification addresses of the domain']
      : []),
  ];
  return places.join(' or ');
}
