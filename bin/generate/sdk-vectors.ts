import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashLicenseKey } from '../../shared/license-key';
import { LEASE_TYPE } from '../../shared/license-lease';

// Writes the test vectors of `sdk/vectors` again, with new keys. They are in the repository, so that
// implementations in other languages can be tested with them.

const DIRECTORY = path.join(__dirname, '../../sdk/vectors');
const ISSUER = 'https://scim.example.com/license/v1';
const KEY = 'M8WQ4-7WVT1-TYWR2-B22E9-QPP6J';
const NOW = '2026-12-01T12:00:00Z';
const SECONDS = Date.parse(NOW) / 1000;
const DAY = 86_400;

const encode = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: { readonly kid: string } & Readonly<Record<string, unknown>>;
}

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, jwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } };
}

const signature = (content: string, { privateKey }: SigningKey): string =>
  sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');

const [key, next, unpublished] = [newKey(), newKey(), newKey()];
const CLAIMS = {
  iss: ISSUER,
  sub: '0190a1b2-0000-7000-8000-000000000002',
  jti: '0190a1b2-0000-7000-8000-000000000003',
  iat: SECONDS - 3_600,
  exp: SECONDS + 13 * DAY,
  keyHash: hashLicenseKey(KEY),
  nonce: 'a-nonce',
  userType: 'Full User',
  organizations: [
    { name: 'Research', role: 'member' },
    { name: 'Zürich', role: 'owner' },
  ],
  domain: { id: '0190a1b2-0000-7000-8000-000000000001', name: 'Example Inc' },
};

function leaseOf(claims: object = {}, header: object = {}, by = key): string {
  const content = `${encode({ alg: 'ES256', typ: LEASE_TYPE, kid: by.jwk.kid, ...header })}.${encode({ ...CLAIMS, ...claims })}`;
  return `${content}.${signature(content, by)}`;
}

/** Replaces the claims of a signed lease, and keeps the signature. */
function forged(claims: object): string {
  const [header, , rest] = leaseOf().split('.');
  return [header, encode({ ...CLAIMS, ...claims }), rest].join('.');
}

/** Signs with HMAC, with the public key as the secret. */
function withHmac(): string {
  const content = `${encode({ alg: 'HS256', typ: LEASE_TYPE, kid: key.jwk.kid })}.${encode(CLAIMS)}`;
  return `${content}.${createHmac('sha256', JSON.stringify(key.jwk)).update(content).digest('base64url')}`;
}

const leases = {
  description:
    'Leases of the license API. Each one is verified with these keys and this issuer at the time `now`.',
  issuer: ISSUER,
  keys: { keys: [key.jwk, next.jwk] },
  licenseKeys: [
    KEY,
    'm8wq4 7wvt1 tywr2 b22e9 qpp6j',
    'M8WQ4–7WVTI—TYWR2 B22E9-QPP6J',
    '4FVS6-7WVT1-TYWR2-B22E9-QPP6J',
    'no key',
  ].map((typed) => ({ typed, keyHash: hashLicenseKey(typed) })),
  vectors: [
    { name: 'a lease', lease: leaseOf(), result: 'valid' },
    { name: 'a lease of the key that signs next', lease: leaseOf({}, {}, next), result: 'valid' },
    {
      name: 'a lease without a nonce and without organizations',
      lease: leaseOf({ nonce: undefined, organizations: undefined }),
      result: 'valid',
    },
    {
      name: 'a lease with a claim that is not known',
      lease: leaseOf({ future: { a: [1, null, true] } }),
      result: 'valid',
    },
    { name: 'a lease in its last second', lease: leaseOf({ exp: SECONDS + 1 }), result: 'valid' },
    {
      name: 'the lease of this license key',
      lease: leaseOf(),
      keyHash: hashLicenseKey(KEY),
      result: 'valid',
    },
    { name: 'the lease for this nonce', lease: leaseOf(), nonce: 'a-nonce', result: 'valid' },
    { name: 'a lease that has ended', lease: leaseOf({ exp: SECONDS }), result: 'expired' },
    {
      name: 'a lease that ended long ago',
      lease: leaseOf({ iat: SECONDS - 40 * DAY, exp: SECONDS - 10 * DAY }),
      result: 'expired',
    },
    { name: 'a lease from the future', lease: leaseOf({ iat: SECONDS + 3_600 }), result: 'notYetValid' },
    {
      name: 'a lease of another service',
      lease: leaseOf({ iss: 'https://scim.example.org/license/v1' }),
      result: 'issuer',
    },
    {
      name: 'a lease of another license key',
      lease: leaseOf(),
      keyHash: hashLicenseKey('no key'),
      result: 'otherKey',
    },
    { name: 'the lease for another nonce', lease: leaseOf(), nonce: 'another-nonce', result: 'replayed' },
    {
      name: 'a lease without the nonce',
      lease: leaseOf({ nonce: undefined }),
      nonce: 'a-nonce',
      result: 'replayed',
    },
    {
      name: 'a lease with a later end than was signed',
      lease: forged({ exp: SECONDS + 100 * DAY }),
      result: 'signature',
    },
    {
      name: 'a lease with another user type than was signed',
      lease: forged({ userType: 'Core User' }),
      result: 'signature',
    },
    {
      name: 'a lease that another key has signed in the name of this one',
      lease: leaseOf({}, { kid: key.jwk.kid }, unpublished),
      result: 'signature',
    },
    {
      name: 'a lease of a key that is not published',
      lease: leaseOf({}, {}, unpublished),
      result: 'unknownKey',
    },
    {
      name: 'a lease without a signature',
      lease: `${leaseOf({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
      result: 'malformed',
    },
    {
      name: 'a lease that is signed with the public key as a secret',
      lease: withHmac(),
      result: 'malformed',
    },
    { name: 'a JWT of another type', lease: leaseOf({}, { typ: 'JWT' }), result: 'malformed' },
    { name: 'a lease without an end', lease: leaseOf({ exp: undefined }), result: 'malformed' },
    { name: 'no JWT', lease: 'no.jwt', result: 'malformed' },
  ].map((vector) => ({ now: NOW, ...vector })),
};

const EVENT = {
  id: '0190a1b2-0000-7000-8000-000000000004',
  type: 'license.ended',
  schemaVersion: 1,
  time: '2026-12-01T11:59:58.000Z',
  domainId: CLAIMS.domain.id,
  subject: { type: 'license', id: CLAIMS.sub },
  sequence: 7,
  actor: { kind: 'scimKey', id: '0190a1b2-0000-7000-8000-000000000005', name: 'Zoë’s key' },
  data: {
    userId: CLAIMS.sub,
    status: 'inactive',
    previousStatus: 'active',
    userType: 'Full User',
    organizations: [],
  },
};
const BODY = JSON.stringify(EVENT);
const [first, second, other] = [1, 2, 3].map(
  (seed) => `whsec_${createHash('sha256').update(`vector ${seed}`).digest('base64')}`,
) as [string, string, string];

function signatureOf(secret: string, id = EVENT.id, timestamp = SECONDS, body = BODY): string {
  const secretBytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', secretBytes).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function webhook(
  name: string,
  result: string,
  change: { timestamp?: number; signature?: string; body?: string; id?: string } = {},
  secrets = [first],
) {
  const { timestamp = SECONDS, body = BODY, id = EVENT.id } = change;
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': change.signature ?? signatureOf(first, id, timestamp, body),
  };
  return { name, now: NOW, secrets, headers, body, result };
}

const webhooks = {
  description:
    'Webhooks of the service. Each one is verified with these secrets at the time `now`, with a tolerance of 300 s.',
  vectors: [
    webhook('a webhook', 'valid'),
    webhook('a webhook that both secrets of a rotation have signed', 'valid', {
      signature: `${signatureOf(second)} ${signatureOf(first)}`,
    }),
    webhook('a receiver that knows both secrets of a rotation', 'valid', {}, [second, first]),
    webhook('a signature of a later version besides', 'valid', {
      signature: `v2,AAAA ${signatureOf(first)}`,
    }),
    webhook('a webhook at the end of its time', 'valid', { timestamp: SECONDS - 300 }),
    webhook('a webhook of a clock that is ahead', 'valid', { timestamp: SECONDS + 300 }),
    webhook('a webhook that was signed too long ago', 'stale', { timestamp: SECONDS - 301 }),
    webhook('a webhook from the future', 'future', { timestamp: SECONDS + 301 }),
    webhook('a webhook with another body', 'signature', {
      signature: signatureOf(first),
      body: BODY.replace('ended', 'activated'),
    }),
    webhook('a webhook with a space more', 'signature', { signature: signatureOf(first), body: `${BODY} ` }),
    webhook('a webhook with another id', 'signature', {
      signature: signatureOf(first),
      id: '0190a1b2-0000-7000-8000-000000000009',
    }),
    webhook('a webhook with a new time and the old signature', 'signature', {
      signature: signatureOf(first, EVENT.id, SECONDS - 3_600),
    }),
    webhook('a webhook of another secret', 'signature', { signature: signatureOf(other) }),
    webhook('a signature of a later version only', 'signature', {
      signature: signatureOf(first).replace('v1,', 'v2,'),
    }),
    webhook('a shortened signature', 'signature', { signature: signatureOf(first).slice(0, -8) }),
    webhook('an empty signature', 'signature', { signature: 'v1,' }),
    webhook('a signed body that is no event', 'malformed', { body: '{"type":"license.ended"}' }),
    webhook('a signed body that is not JSON', 'malformed', { body: 'license.ended' }),
  ],
};

for (const [name, vectors] of Object.entries({ leases, webhooks }))
  writeFileSync(path.join(DIRECTORY, `${name}.json`), `${JSON.stringify(vectors, null, 2)}\n`);
