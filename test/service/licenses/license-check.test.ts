import { hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { checkLicense } from '../../../shared/service/licenses/license-check';
import type { HeldLicense } from '../../../shared/store/licenses/license-key-store';

const KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const SOURCE: LicenseKeySource = { domainId: 'd-1', userId: 'u-1', activationId: 'a-1' };
const LICENSE: HeldLicense = { status: 'active', userType: 'Core User', activationId: 'a-1' };
const DOMAIN = { domainId: 'd-1', name: 'Example Inc', usageKeyId: 'secret' } as unknown as Domain;

/** An in-memory store of keys that records its reads. */
function keys({
  license = LICENSE,
  domain = DOMAIN,
}: {
  license?: HeldLicense | null;
  domain?: Domain | null;
}) {
  const reads: (string | LicenseKeySource)[] = [];
  return {
    reads,
    find: (hash: string) => {
      reads.push(hash);
      return Promise.resolve(hash === hashLicenseKey(KEY) ? SOURCE : undefined);
    },
    license: (source: LicenseKeySource) => {
      reads.push(source);
      const known = source === SOURCE;
      return Promise.resolve({
        license: (known && license) || undefined,
        domain: (known && domain) || undefined,
      });
    },
  };
}

describe('a license key', () => {
  it('of an active license is active, with its user type and domain', async () => {
    expect(await checkLicense(KEY, keys({}))).toEqual({
      status: 'active',
      userType: 'Core User',
      domain: { id: 'd-1', name: 'Example Inc' },
    });
  });

  it('of an active license has organizations only if they are asked for', async () => {
    const organizations = [{ organization: 'Berlin', role: 'admin', mappingId: 'm' }];
    const license = { ...LICENSE, organizations };
    expect(await checkLicense(KEY, keys({ license }))).not.toHaveProperty('organizations');
    expect(await checkLicense(KEY, keys({ license }), { includesOrganizations: true })).toMatchObject({
      organizations: [{ name: 'Berlin', role: 'admin' }],
    });
    expect(await checkLicense(KEY, keys({}), { includesOrganizations: true })).toMatchObject({
      organizations: [],
    });
  });

  it('is accepted in any spelling', async () => {
    const typed = KEY.toLowerCase().replaceAll('-', ' ').replace('1', 'l');
    expect(await checkLicense(typed, keys({}))).toMatchObject({ status: 'active' });
  });

  it.each([
    ['of a license that ended', { license: { ...LICENSE, status: 'inactive' } }],
    ['of a license that is queued again', { license: { ...LICENSE, status: 'pending' } }],
    ['of an earlier activation', { license: { ...LICENSE, activationId: 'a-2' } }],
    ['of a deleted license', { license: null }],
    ['of a deleted domain', { domain: null }],
  ] as const)('%s is inactive, without further details', async (_, found) => {
    expect(await checkLicense(KEY, keys(found))).toEqual({ status: 'inactive' });
  });

  it.each(['4FVS6-7WVT1-TYWR2-B22E9-QPP6K', '', '-', 'no key', 'é'.repeat(5_000), '\ud800'])(
    'that was never emailed is unknown: %j',
    async (key) => {
      expect(await checkLicense(key, keys({}))).toEqual({ status: 'unknown' });
    },
  );

  it('needs the same reads, whether it is known or not', async () => {
    for (const key of [KEY, '4FVS6-7WVT1-TYWR2-B22E9-QPP6K', 'no key']) {
      const { reads, ...store } = keys({ license: null });
      await checkLicense(key, store);
      expect(reads).toEqual([
        hashLicenseKey(key),
        expect.objectContaining({ userId: expect.any(String) as string }),
      ]);
    }
  });
});
