import { deployedFunctions, describeGrants, forKeys } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const BOTH = { licenseLease: { keys: ['1', '2'] } };
const SWAPPED = {
  licenseLease: { days: 30, keys: ['2', '1'] },
  domainName: 'scim.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
};
const stacks = synthesize();
const lease = deployedFunctions(stacks.ScimApi)['license-lease'];
const keysOf = (context = {}) => resourcesOf(synthesize(context).ScimData, 'AWS::KMS::Key');
const arnsIn = (context = {}) =>
  JSON.stringify(deployedFunctions(synthesize(context).ScimApi)['license-lease']?.environment.LEASE_KEY_ARNS);

describe('the keys of leases', () => {
  it('sign with ECDSA on P-256, and outlive the stack', () => {
    const keys = Object.values(keysOf());
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    });
  });

  it('are rotated by the setting: the first one signs, and a key stays the same wherever it stands', () => {
    const [one, two, swapped] = [{}, BOTH, SWAPPED].map((context) => Object.keys(keysOf(context)));
    expect(two).toHaveLength(2);
    expect(two).toEqual(expect.arrayContaining(one ?? []));
    expect([...(swapped ?? [])].sort()).toEqual([...(two ?? [])].sort());
    expect(arnsIn(BOTH)).not.toBe(arnsIn(SWAPPED));
  });
});

describe('the function of leases', () => {
  it('may sign with the first key only, and read what the license check reads', () => {
    expect(lease && describeGrants(lease)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^kms:Sign on .* if \{"StringEquals":\{"kms:SigningAlgorithm":"ECDSA_SHA_256"\}\}$/,
        ),
        expect.stringMatching(/^kms:GetPublicKey on /),
        expect.stringContaining(forKeys('<d>#LICENSE', 'DOMAIN#<d>')),
        expect.stringContaining(forKeys('LICENSEKEY#*')),
      ]),
    );
    expect(lease && describeGrants(lease)).toHaveLength(4);
  });

  it('and the one that signs SETs are the only ones that may sign', () => {
    const signing = Object.values(stacks).flatMap((stack) =>
      Object.entries(deployedFunctions(stack))
        .filter(([, { statements }]) => /kms:(Sign|\*)/.test(JSON.stringify(statements)))
        .map(([name]) => name),
    );
    expect(signing.sort()).toEqual(['license-lease', 'webhooks']);
  });

  it('names the address of the license API as the issuer, with and without a domain of its own', () => {
    const issuer = (context = {}) =>
      JSON.stringify(
        deployedFunctions(synthesize(context).ScimApi)['license-lease']?.environment.LICENSE_LEASE,
      );
    expect(issuer()).toMatch(/execute-api\..*\/license\/v1/);
    expect(issuer(SWAPPED)).toContain(
      JSON.stringify(JSON.stringify({ issuer: 'https://scim.example.com/license/v1', days: 30 })).slice(
        1,
        -1,
      ),
    );
  });
});
