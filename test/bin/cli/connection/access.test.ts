import { findAccess } from '../../../../bin/cli/connection/access';
import type { LocalSession } from '../../../../bin/cli/connection/local-session';

const URL = 'https://portal.example.com/admin/v1';
const access = (env: Record<string, string>) => findAccess(undefined, env);

it('is what the environment says, without what stands around it', async () => {
  expect(await access({ SCIM_ADMIN_URL: `${URL}/`, SCIM_ADMIN_TOKEN: 'scim_admin_x\n' })).toMatchObject({
    url: URL,
    token: 'scim_admin_x',
  });
});

it('is that of the session, whatever the environment says', async () => {
  const session = { adminUrl: 'http://127.0.0.1:1/admin/v1', adminToken: 't' } as LocalSession;
  const env = { SCIM_ADMIN_URL: URL, SCIM_ADMIN_TOKEN: 'x' };
  expect(await findAccess(session, env)).toMatchObject({ url: session.adminUrl, token: 't' });
});

it.each<[string, Record<string, string>, string]>([
  ['no token', { SCIM_ADMIN_URL: URL }, 'SCIM_ADMIN_TOKEN is not set.'],
  ['no address', { SCIM_ADMIN_TOKEN: 'x' }, 'SCIM_ADMIN_URL is not set.'],
  [
    'no URL',
    { SCIM_ADMIN_URL: 'portal', SCIM_ADMIN_TOKEN: 'x' },
    'SCIM_ADMIN_URL is not a valid URL: "portal".',
  ],
  [
    'an address at which all see the token',
    { SCIM_ADMIN_URL: 'http://portal.example.com/admin/v1', SCIM_ADMIN_TOKEN: 'x' },
    'must begin with https',
  ],
])('%s is refused before anything is sent', async (_, env, message) => {
  await expect(access(env)).rejects.toMatchObject({
    message: expect.stringContaining(message) as string,
    exitCode: 2,
  });
});

it('a token that no header takes is refused without being told', async () => {
  const refused = access({ SCIM_ADMIN_URL: URL, SCIM_ADMIN_TOKEN: 'sec\nret' });
  await expect(refused).rejects.toThrow(/^SCIM_ADMIN_TOKEN contains invalid characters\. Copy it again\.$/);
});

it.each(['127.0.0.1', 'localhost', '[::1]'])('plain HTTP is good enough on %s', async (host) => {
  const url = `http://${host}:3001/admin/v1`;
  expect(await access({ SCIM_ADMIN_URL: url, SCIM_ADMIN_TOKEN: 'x' })).toMatchObject({ url });
});
