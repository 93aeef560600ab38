import { createLocalJWKSet, jwtVerify } from 'jose';
import { ScimError } from '../../shared/scim/error';
import { SigningKeys } from '../../shared/signing/signing-keys';
import { openSigningEndpoint, type SigningEndpoint } from '../support/leases/signing-endpoint';

let endpoint: SigningEndpoint;
beforeAll(async () => {
  endpoint = await openSigningEndpoint();
});
afterAll(() => endpoint.close());

/** Returns keys whose client fails this many times. */
function failing(times: number, error: Error) {
  const { client } = endpoint;
  let left = times;
  const send = ((command: Parameters<typeof client.send>[0]) =>
    left-- > 0 ? Promise.reject(error) : client.send(command)) as typeof client.send;
  return new SigningKeys(['any'], Object.assign(Object.create(client) as typeof client, { send }));
}

describe('a JWT', () => {
  it('is verified with the published key, even if it is longer than what KMS signs', async () => {
    const keys = endpoint.keys('First');
    const jwt = await keys.signJwt('test+jwt', { sub: 'a', text: 'x'.repeat(10_000) });
    const published = createLocalJWKSet({ keys: await keys.publicKeys() });
    const { payload, protectedHeader } = await jwtVerify(jwt, published, { typ: 'test+jwt' });
    expect(payload).toMatchObject({ sub: 'a' });
    const [{ kid } = { kid: '' }] = await keys.publicKeys();
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'test+jwt', kid });
  });

  it('is signed with the first key, and all keys are published in their order', async () => {
    const [first, both, swapped] = await Promise.all([
      endpoint.keys('First').publicKeys(),
      endpoint.keys('First', 'Second').publicKeys(),
      endpoint.keys('Second', 'First').publicKeys(),
    ]);
    expect(both[0]).toEqual(first[0]);
    expect(swapped).toEqual([...both].reverse());
    const jwt = await endpoint.keys('Second', 'First').signJwt('test+jwt', {});
    const header = JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as object;
    expect(header).toMatchObject({ kid: both[1]?.kid });
  });
});

describe('a key that the operator has disabled', () => {
  it('is not published, and the others still are', async () => {
    const keys = await endpoint.keys('First', 'Disabled', 'Second').publicKeys();
    expect(keys).toEqual(await endpoint.keys('First', 'Second').publicKeys());
  });

  it('does not sign', async () => {
    await expect(endpoint.keys('Disabled').signJwt('test+jwt', {})).rejects.toMatchObject({
      name: 'DisabledException',
    });
    await expect(endpoint.keys('Disabled', 'First').publicKeys()).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });
});

describe('a request to KMS', () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

  it('is repeated if KMS is busy, and a failure is not remembered', async () => {
    const keys = failing(2, throttled);
    // The key of this ID does not exist, which the third request tells.
    await expect(keys.publicKeys()).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(keys.publicKeys()).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('tells the client to try again if KMS stays busy', async () => {
    const error = await failing(Infinity, throttled)
      .publicKeys()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ScimError);
    expect(error).toMatchObject({ status: 503, retryAfter: 5 });
  });
});
