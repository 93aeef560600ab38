import { deriveLicenseKey, hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import { registerLicenseKey, skipSuppressed } from '../../../shared/mail/delivery/before-send';
import type { AddressedMail } from '../../../shared/mail/content/planned-mail';

const ref = { domainId: 'd-1', userId: 'u-1', mailId: 'm-1' };

describe('registerLicenseKey', () => {
  const source = { domainId: 'd-1', userId: 'u-1', activationId: 'a-1' };
  const mail = { ref, kind: 'license-key', activationId: 'a-1' } as AddressedMail;
  const keyOf = (source: LicenseKeySource) => Promise.resolve(deriveLicenseKey('secret', source));

  function recordingKeyStore() {
    const puts: unknown[] = [];
    return { puts, keys: { put: (...put: unknown[]) => Promise.resolve(void puts.push(put)) } };
  }

  it('stores the hash of the key before the email is sent', async () => {
    const { puts, keys } = recordingKeyStore();
    expect(await registerLicenseKey(keys, keyOf)(mail)).toBeUndefined();
    expect(puts).toEqual([[hashLicenseKey(await keyOf(source)), source]]);
  });

  it('does nothing for a notice', async () => {
    const { puts, keys } = recordingKeyStore();
    const notice = { ref, kind: 'license-deactivated' } as AddressedMail;
    expect(await registerLicenseKey(keys, keyOf)(notice)).toBeUndefined();
    expect(puts).toEqual([]);
  });

  it('fails if the key cannot be stored, so that the email is not sent', async () => {
    const put = () => Promise.reject(new Error('The table is unreachable.'));
    await expect(registerLicenseKey({ put }, keyOf)(mail)).rejects.toThrow('unreachable');
  });
});

describe('skipSuppressed', () => {
  const mail = { ref, kind: 'license-key', holder: { email: 'jane@example.com' } } as AddressedMail;

  it.each([
    [true, { status: 'suppressed' }],
    [false, undefined],
  ])('returns, for an address whose suppression is %p, %p', async (suppressed, expected) => {
    const queries: unknown[] = [];
    const isSuppressed = (...query: unknown[]) => {
      queries.push(query);
      return Promise.resolve(suppressed);
    };
    expect(await skipSuppressed({ isSuppressed })(mail)).toEqual(expected);
    expect(queries).toEqual([[ref, 'jane@example.com']]);
  });
});
