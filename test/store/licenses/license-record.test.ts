import { licenseInImage } from '../../../shared/store/licenses/license-record';
import { activeLicense, endedLicense, streamImage } from '../../support/mail/license-images';

const without = (name: string) => {
  const image = { ...streamImage(activeLicense()) };
  delete image[name];
  return image;
};

describe('licenseInImage', () => {
  it.each([
    activeLicense(),
    activeLicense({ name: undefined }),
    activeLicense({ status: 'pending', activationId: undefined }),
    activeLicense({ changedBy: { kind: 'scimKey', id: 'key-1', name: 'Okta' } }),
    activeLicense({ changedBy: { kind: 'system', name: 'promotion' } }),
    endedLicense(activeLicense(), 'deleted'),
  ])('reads a license that is $status', (license) => {
    const left = { name: undefined, reason: undefined, changedBy: undefined };
    expect(licenseInImage(streamImage(license))).toEqual({ ...left, ...license });
  });

  it('reads the license of a user who was never active', () => {
    const unused = activeLicense({ status: 'inactive', changeId: undefined, activationId: undefined });
    expect(licenseInImage(streamImage(unused))?.changeId).toBeUndefined();
  });

  it.each([
    ['no image', undefined],
    ['a user', { pk: { S: 'domain-1#USER' }, sk: { S: 'user-1' } }],
    [
      'an item with the fields of a license elsewhere',
      { ...streamImage(activeLicense()), pk: { S: 'domain-1#MAIL' } },
    ],
    ['a license of another domain', { ...streamImage(activeLicense()), pk: { S: 'domain-2#LICENSE' } }],
  ])('returns undefined for %s', (_name, image) => {
    expect(licenseInImage(image)).toBeUndefined();
  });

  it('reads a license without an address', () => {
    expect(licenseInImage(without('email'))?.email).toBeUndefined();
  });

  it.each(['status', 'userName', 'userType'])('throws for a license without %s', (name) => {
    expect(() => licenseInImage(without(name))).toThrow(`has no valid "${name}"`);
  });

  it('does not reveal an address in its error', () => {
    const image = { ...streamImage(activeLicense()), status: { S: 'jane.doe@example.com' } };
    expect(() => licenseInImage(image)).toThrow(/^(?!.*jane).*$/);
  });
});
