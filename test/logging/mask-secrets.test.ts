import { formatClientSecret } from '../../shared/credentials/client-secret';
import { describeError, maskSecrets, safeError } from '../../shared/logging/mask-secrets';
import { formatEventToken } from '../../shared/credentials/event-token';
import { webhookSecret } from '../../shared/service/webhooks/webhook-secret';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { formatSetupSession, setupUrl } from '../../shared/credentials/setup-link';
import { deriveLicenseKey } from '../../shared/license-key';
import { newId } from '../../shared/id';

const parse = (text: string): Error => {
  try {
    JSON.parse(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error('The text is valid JSON.');
};

it('masks SCIM keys, client secrets, the admin token, license keys, tokens of an issuer, and addresses in a text', () => {
  const secret = newSecret();
  const ids = { domainId: newId(), userId: newId(), activationId: newId() };
  const licenseKey = deriveLicenseKey('secret', ids);
  const idToken = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
  const text = [
    formatToken({ domainId: ids.domainId, keyId: newId(), secret }),
    `scim_admin_${secret}`,
    formatClientSecret({ keyId: newId(), secret }),
    licenseKey,
    licenseKey.toLowerCase(),
    `bearer ${secret}`,
    idToken,
    'ada@example.com',
  ].join(' | ');
  expect(maskSecrets(text)).toBe(
    'scim_*** | scim_*** | scimsecret_*** | *****-*****-*****-*****-***** | *****-*****-*****-*****-***** | bearer *** | eyJ*** | ***@example.com',
  );
});

it('masks the events tokens of products, and the signing secrets of webhooks', () => {
  const [scope, subscriptionId] = [newId(), newId()];
  const texts = [scope, 'DEPLOYMENT'].map((of) =>
    formatEventToken({ scope: of, subscriptionId, secret: newSecret() }),
  );
  const signing = Array.from({ length: 20 }, (_, at) =>
    webhookSecret({ scope, subscriptionId, secretId: String(at) }, newSecret()),
  );
  for (const text of [...texts, ...signing])
    expect(maskSecrets(`The token ${text}.`)).toMatch(/^The token (scimevents|whsec)_\*\*\*\.$/);
});

it('masks the tokens of setup links, and the part of their addresses that opens them', () => {
  const parts = { domainId: newId(), linkId: newId(), secret: newSecret() };
  const address = setupUrl('https://portal.example.com', parts);
  for (const text of [
    formatSetupSession(parts),
    address,
    encodeURIComponent(address),
    address.toUpperCase(),
    `Cannot open ${address}, try again`,
  ]) {
    const masked = maskSecrets(text).toLowerCase();
    expect(masked).toContain('***');
    for (const secret of Object.values(parts)) expect(masked).not.toContain(secret.toLowerCase());
  }
});

it('keeps ids, paths, and ordinary texts', () => {
  const text = `User ${newId()} of /Users/{id}: scim-provisioning, 2026-11-29T07:00:00.000Z, Okta SCIM Client 1.0.0`;
  expect(maskSecrets(text)).toBe(text);
});

it.each([
  '{"password":secret}',
  'secret',
  '{"a":"secret", }',
  '[1,2,"secret"',
  `{"a":1}${'secret'.repeat(9)}`,
])('leaves the text that could not be parsed out of the error of %s', (body) => {
  expect(maskSecrets(parse(body).message)).not.toContain('secret');
});

it('shortens long texts', () => {
  expect(maskSecrets('x'.repeat(1_000_000))).toHaveLength(2_000);
});

it('leaves the properties out of errors, because those of DynamoDB contain items', () => {
  const cause = Object.assign(new Error('mail to ada@example.com failed'), { request: { body: 'hidden' } });
  const error = Object.assign(new Error('canceled', { cause }), {
    CancellationReasons: [{ Item: { address: { S: 'hidden' } } }],
  });
  for (const described of [JSON.stringify(describeError(error)), JSON.stringify(safeError(error))])
    expect(described).not.toMatch(/hidden|ada@/);
  expect(describeError(error)).toMatchObject({
    name: 'Error',
    message: 'canceled',
    cause: { message: 'mail to ***@example.com failed' },
  });
  expect(Object.keys(safeError(error))).toEqual(['name']);
});
