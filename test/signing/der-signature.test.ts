import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { toJwsSignature } from '../../shared/signing/der-signature';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const MESSAGE = Buffer.from('a message');

describe('toJwsSignature', () => {
  it('converts signatures to the form of JWS', () => {
    // About one signature of 128 has a number that is shorter than 32 bytes.
    for (let round = 0; round < 1_000; round++) {
      const signature = toJwsSignature(sign('sha256', MESSAGE, privateKey));
      expect(signature).toHaveLength(64);
      expect(verify('sha256', MESSAGE, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    }
  });

  it.each([
    ['short', '3006020101020102', `${'01'.padStart(64, '0')}${'02'.padStart(64, '0')}`],
    ['with a leading zero', '30080202008002020081', `${'80'.padStart(64, '0')}${'81'.padStart(64, '0')}`],
  ])('pads numbers that are %s', (_, der, expected) => {
    expect(toJwsSignature(Buffer.from(der, 'hex')).toString('hex')).toBe(expected);
  });

  it.each([
    ['empty', ''],
    ['another type', '3106020101020102'],
    ['cut off', '30060201010201'],
    ['longer than its length', '300602010102010200'],
    ['with a third number', '3009020101020102020103'],
    ['a number without digits', '300502000201ff'],
    ['a number of 33 digits', `3026022101${'ff'.repeat(32)}020101`],
    ['no numbers', '3006040101040102'],
  ])('refuses what is no signature: %s', (_, der) => {
    expect(() => toJwsSignature(Buffer.from(der, 'hex'))).toThrow('not one on the curve');
  });
});
