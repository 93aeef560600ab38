import { findAccess } from '../../../../bin/cli/connection/access';
import type { LocalSession } from '../../../../bin/cli/connection/local-session';

const URL = 'https://portal.example.com/admin/v1';
const access = (env: Record<string, string>) => findAccess(undefined, env, 'prod');

it('the URL and the token come from the environment, trimmed', async () => {
  expect(await access({ SCIM_ADMIN_URL: `${URL}/`, SCIM_ADMIN_TOKEN: 'scim_admin_x\n' })).toMatchObject({
    url: URL,
    token: 'scim_admin_x',
  });
});

it('the session takes precedence over the environment', async () => {
  const session = { adminUrl: 'http://127.0.0.1:1/admin/v1', adminToken: 't' } as LocalSession;
  const env = { SCIM_ADMIN_URL: URL, SCIM_ADMIN_TOKEN: 'x' };
  expect(await findAccess(session, env, 'prod')).toMatchObject({ url: session.adminUrl, token: 't' });
});

it.each<[string, Record<string, string>, string]>([
  ['a missing token', { SCIM_ADMIN_URL: URL }, 'SCIM_ADMIN_TOKEN is not set.'],
  ['a missing URL', { SCIM_ADMIN_TOKEN: 'x' }, 'SCIM_ADMIN_URL is not set.'],
  [
    'an invalid URL',
    { SCIM_ADMIN_URL: 'portal', SCIM_ADMIN_TOKEN: 'x' },
    'SCIM_ADMIN_URL is not a valid URL: "portal".',
  ],
  [
    'an unencrypted URL',
    { SCIM_ADMIN_URL: 'http://portal.example.com/admin/v1', SCIM_ADMIN_TOKEN: 'x' },
    'must begin with https',
  ],
])('%s is refused before any request is sent', async (_, env, message) => {
  await expect(access(env)).rejects.toMatchObject({
    message: expect.stringContaining(message) as string,
    exitCode: 2,
  });
});

it('a token with invalid characters is refused, and the error does not contain it', async () => {
  const refused = access({ SCIM_ADMIN_URL: URL, SCIM_ADMIN_TOKEN: 'sec\nret' });
  await expect(refused).rejects.toThrow(/^SCIM_ADMIN_TOKEN contains invalid characters\. Copy it again\.$/);
});

it.each(['127.0.0.1', 'localhost', '[::1]'])('plain HTTP is accepted on %s', async (host) => {
  const url = `http://${host}:3001/admin/v1`;
  expect(await access({ SCIM_ADMIN_URL: url, SCIM_ADMIN_TOKEN: 'x' })).toMatchObject({ url });
});
