import {
  bouncedFindings,
  type AddressWithLicense,
  undeliverableFindings,
} from '../../../shared/service/diagnostics/address-findings';
import type { SuppressedAddress } from '../../../shared/store/mail/suppression-store';

const AT = '2026-03-01T12:00:00.000Z';

function noticedLicense(
  license: Partial<NonNullable<AddressWithLicense['license']>> | undefined,
  notice: Partial<AddressWithLicense['undeliverable']> = {},
): AddressWithLicense {
  const email = 'ada@exa%mple.com';
  return {
    undeliverable: { userId: 'user-1', email, lastAt: AT, ...notice },
    license: license && {
      domainId: 'domain-1',
      userId: 'user-1',
      status: 'active',
      userName: 'ada',
      userType: 'Basic User',
      email,
      changeId: 'change-1',
      ...license,
    },
  };
}

describe('an address to which no mail can go', () => {
  it('is told of with its user', () => {
    expect(undeliverableFindings([noticedLicense({}, { detail: 'Not an address.' })])).toMatchObject([
      {
        code: 'addresses-undeliverable',
        severity: 'warning',
        found: '1 user has an address to which no mail can be sent: ada@exa%mple.com.',
        details: [{ userId: 'user-1', address: 'ada@exa%mple.com', at: AT, reason: 'Not an address.' }],
      },
    ]);
  });

  it.each<[boolean, string, AddressWithLicense]>([
    [true, 'an active license', noticedLicense({})],
    [true, 'a license that waits for a seat', noticedLicense({ status: 'pending' })],
    [true, 'a license whose last mail was refused', noticedLicense({}, { mailId: 'change-1' })],
    [
      true,
      'a license whose mail was refused when it was sent again',
      noticedLicense({ resendId: 'resend-1' }, { mailId: 'resend-1' }),
    ],
    [false, 'a license with another address', noticedLicense({ email: 'ada@example.com' })],
    [false, 'a license that is at an end', noticedLicense({ status: 'inactive' })],
    [false, 'no license', noticedLicense(undefined)],
    [false, 'a license with a mail since', noticedLicense({ resendId: 'resend-1' }, { mailId: 'change-1' })],
    [
      false,
      'a license with a new activation',
      noticedLicense({ changeId: 'change-2' }, { mailId: 'change-1' }),
    ],
  ])('is told of: %s, for %s', (expected, _, one) => {
    expect(undeliverableFindings([one])).toHaveLength(expected ? 1 : 0);
  });

  it('is nothing where there is none', () => expect(undeliverableFindings([])).toEqual([]));
});

describe('addresses from which mails came back', () => {
  const address = (name: string, reason: SuppressedAddress['reason'] = 'bounced'): SuppressedAddress => ({
    address: `${name}@example.com`,
    reason,
    at: AT,
    userId: `user-${name}`,
    mailId: 'mail-1',
  });

  it('are told of by what came back', () => {
    const five = [address('a'), address('b'), address('c', 'complained'), address('d'), address('e')];
    const [finding] = bouncedFindings(five, false);
    expect(finding?.found).toBe(
      '5 addresses get no more mails (4 bounced, 1 complained of a mail): a@example.com, b@example.com, c@example.com and 2 more.',
    );
    expect(finding?.details?.[2]).toEqual({
      address: 'c@example.com',
      userId: 'user-c',
      reason: 'complained',
      at: AT,
    });
  });

  it('may be more than were read', () => {
    const [finding] = bouncedFindings([address('a')], true);
    expect(finding?.found).toMatch(/^At least 1 address gets/);
  });

  it('are nothing where there are none', () => expect(bouncedFindings([], false)).toEqual([]));
});
