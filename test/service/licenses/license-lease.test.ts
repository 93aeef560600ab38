import { hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import { issueLease } from '../../../shared/service/licenses/license-lease';
import type { Domain } from '../../../shared/store/domains/domain-store';
import type { HeldLicense } from '../../../shared/store/licenses/license-key-store';

const KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const SOURCE: LicenseKeySource = { domainId: 'd-1', userId: 'u-1', activationId: 'a-1' };
const LICENSE: HeldLicense = { status: 'active', userType: 'Core User', activationId: 'a-1' };
const NOW = new Date('2026-12-01T12:00:00.900Z');

async function issue(
  license: HeldLicense | undefined,
  { key = KEY, nonce = undefined as string | undefined, days = 1 } = {},
) {
  const signed: unknown[] = [];
  const keys = {
    find: (hash: string) => Promise.resolve(hash === hashLicenseKey(KEY) ? SOURCE : undefined),
    license: () =>
      Promise.resolve({ license, domain: { domainId: 'd-1', name: 'Example Inc' } as unknown as Domain }),
  };
  const signer = {
    signJwt: (type: string, claims: object) => {
      signed.push(type, claims);
      return Promise.resolve('signed');
    },
  };
  const issuer = { issuer: 'https://scim.example.com/license/v1', days };
  return { result: await issueLease(key, { keys, signer, issuer, now: () => NOW }, nonce), signed };
}

describe('a lease', () => {
  it('tells the license of the key, from now until the end of its days', async () => {
    const { result, signed } = await issue(LICENSE);
    const domain = { id: 'd-1', name: 'Example Inc' };
    expect(signed).toEqual([
      'license-lease+jwt',
      {
        iss: 'https://scim.example.com/license/v1',
        sub: 'u-1',
        jti: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/) as string,
        iat: Date.parse('2026-12-01T12:00:00Z') / 1000,
        exp: Date.parse('2026-12-02T12:00:00Z') / 1000,
        keyHash: hashLicenseKey(KEY),
        userType: 'Core User',
        domain,
      },
    ]);
    expect(result).toEqual({
      status: 'active',
      userType: 'Core User',
      domain,
      lease: 'signed',
      expiresAt: '2026-12-02T12:00:00.000Z',
      renewAfterSeconds: 12 * 3_600,
    });
  });

  it('tells the organizations of the user, but not why the user is in them', async () => {
    const organizations = [{ organization: 'Research', role: 'member', mappingId: 'm-1' }];
    const { result, signed } = await issue({ ...LICENSE, organizations });
    expect(signed[1]).toMatchObject({ organizations: [{ name: 'Research', role: 'member' }] });
    expect(result).not.toHaveProperty('organizations');
  });

  it('is valid for as long as the setting says', async () => {
    const { result } = await issue(LICENSE, { days: 30 });
    expect(result).toMatchObject({ expiresAt: '2026-12-31T12:00:00.000Z', renewAfterSeconds: 15 * 86_400 });
  });

  it('contains the nonce of the request, and the hash of the key in any spelling', async () => {
    const { signed } = await issue(LICENSE, { nonce: 'n-1', key: KEY.toLowerCase().replaceAll('-', ' ') });
    expect(signed[1]).toMatchObject({ nonce: 'n-1', keyHash: hashLicenseKey(KEY) });
  });

  it.each([
    ['inactive', { ...LICENSE, status: 'inactive' }, KEY],
    ['inactive', { ...LICENSE, status: 'pending' }, KEY],
    ['inactive', { ...LICENSE, activationId: 'a-2' }, KEY],
    ['inactive', undefined, KEY],
    ['unknown', LICENSE, 'no key'],
  ] as const)('is not signed for a key that is %s', async (status, license, key) => {
    expect(await issue(license, { key })).toEqual({ result: { status }, signed: [] });
  });
});
