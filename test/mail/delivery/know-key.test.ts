import { deriveLicenseKey, hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import { registerLicenseKey } from '../../../shared/mail/delivery/before-send';
import type { PlannedMail } from '../../../shared/mail/content/planned-mail';

const SOURCE = { domainId: 'd-1', userId: 'u-1', activationId: 'a-1' };
const ref = { domainId: 'd-1', userId: 'u-1', mailId: 'm-1' };
const keyOf = (source: LicenseKeySource) => deriveLicenseKey('secret', source);

function recordingKeyStore() {
  const puts: unknown[] = [];
  return { puts, keys: { put: (...put: unknown[]) => Promise.resolve(void puts.push(put)) } };
}

it('puts the hash of a key before the mail with it goes out, and lets it go', async () => {
  const { puts, keys } = recordingKeyStore();
  const mail = { ref, kind: 'license-key', activationId: 'a-1' } as PlannedMail;
  expect(await registerLicenseKey(keys, keyOf)(mail)).toBeUndefined();
  expect(puts).toEqual([[hashLicenseKey(keyOf(SOURCE)), SOURCE]]);
});

it('has nothing to do with a notice', async () => {
  const { puts, keys } = recordingKeyStore();
  expect(
    await registerLicenseKey(keys, keyOf)({ ref, kind: 'license-deactivated' } as PlannedMail),
  ).toBeUndefined();
  expect(puts).toEqual([]);
});

it('keeps a mail back whose key cannot be made known', async () => {
  const put = () => Promise.reject(new Error('The table is away.'));
  const mail = { ref, kind: 'license-key', activationId: 'a-1' } as PlannedMail;
  await expect(registerLicenseKey({ put }, keyOf)(mail)).rejects.toThrow('away');
});
