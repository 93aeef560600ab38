import type { LicenseRecord } from '../../store/licenses/license-record';
import type { UndeliverableAddress } from '../../store/diagnostics/diagnostic';
import type { SuppressedAddress } from '../../store/mail/suppression-store';
import type { Found } from './finding';
import { counted, listed } from './wording';

/** A notice with the license that it is about. */
export interface NoticedLicense {
  readonly notice: UndeliverableAddress;
  readonly license?: LicenseRecord;
}

/** Addresses to which no mail can go, of licenses that are not at an end and have not got another one, or another mail, since. */
export function undeliverableFindings(noticed: readonly NoticedLicense[]): Found[] {
  const current = noticed.filter(isCurrent).map(({ notice }) => notice);
  if (current.length === 0) return [];
  return [
    {
      code: 'addresses-undeliverable',
      severity: 'warning',
      found:
        `${counted(current.length, 'user has an address', 'users have addresses')} to which no mail can be sent: ` +
        `${listed(current.map(({ email }) => email))}.`,
      action:
        'Administrator of the identity provider: correct the address. License administrator: have the mail sent again then.',
      details: current.map(({ userId, email, lastAt, detail }) => ({
        userId,
        address: email,
        at: lastAt,
        ...(detail !== undefined && { reason: detail }),
      })),
    },
  ];
}

function isCurrent({ notice, license }: NoticedLicense): boolean {
  if (!license || license.status === 'inactive' || license.email !== notice.email) return false;
  const lastMail = license.resendId ?? license.changeId;
  return notice.mailId === undefined || notice.mailId === lastMail;
}

/** Addresses that mails came back from; `more`: there are others. */
export function bouncedFindings(addresses: readonly SuppressedAddress[], more: boolean): Found[] {
  if (addresses.length === 0) return [];
  const complaints = addresses.filter(({ reason }) => reason === 'complained').length;
  const parts = [
    ...(complaints < addresses.length ? [`${addresses.length - complaints} bounced`] : []),
    ...(complaints > 0 ? [`${complaints} complained of a mail`] : []),
  ];
  const atLeast = more ? 'At least ' : '';
  return [
    {
      code: 'addresses-bounced',
      severity: 'warning',
      found:
        `${atLeast}${counted(addresses.length, 'address gets', 'addresses get')} no more mails ` +
        `(${parts.join(', ')}): ${listed(addresses.map(({ address }) => address))}.`,
      action:
        'License administrator: find out whether the mailbox exists, have the address corrected at the identity provider if not, and clear it then.',
      details: addresses.map(({ address, userId, reason, at, detail }) => ({
        address,
        userId,
        reason,
        at,
        ...(detail !== undefined && { detail }),
      })),
    },
  ];
}
