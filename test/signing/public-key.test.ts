import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { readPublicKey } from '../../shared/signing/public-key';

const der = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'der', type: 'spki' });

describe('readPublicKey', () => {
  it('returns the key for a JWKS, identified by its thumbprint', async () => {
    const key = der('P-256');
    const jwk = await exportJWK(createPublicKey({ key, format: 'der', type: 'spki' }));
    expect(readPublicKey(key)).toEqual({
      ...jwk,
      kid: await calculateJwkThumbprint(jwk),
      alg: 'ES256',
      use: 'sig',
    });
  });

  it('refuses a key on another curve', () => {
    expect(() => readPublicKey(der('P-384'))).toThrow('not a key on the curve P-256');
  });
});
