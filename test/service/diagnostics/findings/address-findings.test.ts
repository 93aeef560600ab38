import {
  bouncedFindings,
  missingAddressFindings,
  type AddressWithLicense,
  undeliverableFindings,
} from '../../../../shared/service/diagnostics/findings/address-findings';
import type { SuppressedAddress } from '../../../../shared/store/mail/suppression-store';

const AT = '2026-03-01T12:00:00.000Z';

function addressWithLicense(
  license: Partial<NonNullable<AddressWithLicense['license']>> | undefined,
  undeliverable: Partial<AddressWithLicense['undeliverable']> = {},
): AddressWithLicense {
  const email = 'ada@exa%mple.com';
  return {
    undeliverable: { userId: 'user-1', email, lastAt: AT, ...undeliverable },
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

describe('a missing address', () => {
  const missing = (license: Partial<NonNullable<AddressWithLicense['license']>>) =>
    addressWithLicense({ email: undefined, ...license }, { email: undefined });

  it('is counted with the name of the user', () => {
    expect(missingAddressFindings([missing({}), missing({ status: 'pending' })], true)).toMatchObject([
      {
        code: 'addresses-missing',
        severity: 'warning',
        found: 'At least 2 active users have no email address, so their license keys wait: ada and ada.',
        details: [{ userId: 'user-1', userName: 'ada', at: AT }, {}],
      },
    ]);
    expect(undeliverableFindings([missing({})])).toEqual([]);
  });

  it.each<[string, AddressWithLicense]>([
    ['the license ended', missing({ status: 'inactive' })],
    ['an address arrived', missing({ email: 'ada@example.com' })],
    ['the address is undeliverable', addressWithLicense({})],
  ])('is not reported if %s', (_, address) => {
    expect(missingAddressFindings([address], false)).toEqual([]);
  });
});

describe('an undeliverable address', () => {
  it('is reported with its user', () => {
    expect(undeliverableFindings([addressWithLicense({}, { detail: 'Not an address.' })])).toMatchObject([
      {
        code: 'addresses-undeliverable',
        severity: 'warning',
        found: '1 user has an address to which no email can be sent: ada@exa%mple.com.',
        details: [{ userId: 'user-1', address: 'ada@exa%mple.com', at: AT, reason: 'Not an address.' }],
      },
    ]);
  });

  it.each<[boolean, string, AddressWithLicense]>([
    [true, 'an active license', addressWithLicense({})],
    [true, 'a license that is waiting for a seat', addressWithLicense({ status: 'pending' })],
    [true, 'a license whose last email was refused', addressWithLicense({}, { mailId: 'change-1' })],
    [
      true,
      'a license whose resent email was refused',
      addressWithLicense({ resendId: 'resend-1' }, { mailId: 'resend-1' }),
    ],
    [false, 'a license with another address', addressWithLicense({ email: 'ada@example.com' })],
    [false, 'an inactive license', addressWithLicense({ status: 'inactive' })],
    [false, 'no license', addressWithLicense(undefined)],
    [
      false,
      'a license with a later email',
      addressWithLicense({ resendId: 'resend-1' }, { mailId: 'change-1' }),
    ],
    [
      false,
      'a license with a new activation',
      addressWithLicense({ changeId: 'change-2' }, { mailId: 'change-1' }),
    ],
  ])('is reported: %s, for %s', (expected, _, one) => {
    expect(undeliverableFindings([one])).toHaveLength(expected ? 1 : 0);
  });

  it('is no finding if there is none', () => expect(undeliverableFindings([])).toEqual([]));
});

describe('suppressed addresses', () => {
  const address = (name: string, reason: SuppressedAddress['reason'] = 'bounced'): SuppressedAddress => ({
    address: `${name}@example.com`,
    reason,
    at: AT,
    userId: `user-${name}`,
    mailId: 'mail-1',
  });

  it('are reported with the numbers of bounces and complaints', () => {
    const five = [address('a'), address('b'), address('c', 'complained'), address('d'), address('e')];
    const [finding] = bouncedFindings(five, false);
    expect(finding?.found).toBe(
      '5 addresses get no more emails (4 bounced, 1 complained about an email): ' +
        'a@example.com, b@example.com, c@example.com and 2 more.',
    );
    expect(finding?.details?.[2]).toEqual({
      address: 'c@example.com',
      userId: 'user-c',
      reason: 'complained',
      at: AT,
    });
  });

  it('may belong to no user, and then are corrected in the domain', () => {
    const user = address('a');
    const { userId: _user, mailId: _mail, ...notified } = address('b');
    const [mixed] = bouncedFindings([user, notified], false);
    expect(mixed?.action).toContain(
      'corrected at the identity provider (in the portal if the user is managed manually) or in the notification ' +
        'addresses of the domain.',
    );
    expect(mixed?.details?.[1]).not.toHaveProperty('userId');
    const [own] = bouncedFindings([notified], false);
    expect(own?.action).toContain('corrected in the notification addresses of the domain.');
    expect(bouncedFindings([user], false)[0]?.action).toMatch(
      /corrected at the identity provider \([^)]*managed manually\)\./,
    );
  });

  it('are reported with "at least" if further ones exist', () => {
    const [finding] = bouncedFindings([address('a')], true);
    expect(finding?.found).toMatch(/^At least 1 address gets/);
  });

  it('are no finding if there are none', () => expect(bouncedFindings([], false)).toEqual([]));
});
