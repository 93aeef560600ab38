import { createHash, randomBytes } from 'node:crypto';
import { adminClient } from '../../../support/system/admin-client';
import { createDomainClient, session } from '../../../support/system/system';

interface Discovery {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/** A browser with the cookies that this flow needs. It does not follow redirects. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async open(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ location?: string; text: string; url: string }> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: form && new URLSearchParams(form),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return { ...(location && { location: new URL(location, url).href }), text: await response.text(), url };
  }
}

const discovery = async () =>
  (await (await fetch(`${session().issuer}/.well-known/openid-configuration`)).json()) as Discovery;

/** Returns the configuration that the page reads. */
const config = async () =>
  (await (await fetch(`${session().portalUrl}/config.json`)).json()) as { clientId: string; scope: string };

async function addAccount(account: object): Promise<void> {
  await fetch(`${session().controlUrl}/accounts`, { method: 'POST', body: JSON.stringify(account) });
}

/** Signs in with an authorization code and PKCE. Returns the code and its verifier. */
async function signIn(id: string) {
  const { authorization_endpoint } = await discovery();
  const { clientId, scope } = await config();
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(authorization_endpoint);
  const redirectUri = `${session().portalUrl}/signed-in`;
  Object.entries({
    client_id: clientId,
    scope,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).forEach(([name, value]) => url.searchParams.set(name, value));
  const browser = new Browser();
  let page = await browser.open(url.href);
  while (page.location && !page.location.startsWith(redirectUri)) {
    const shown = await browser.open(page.location);
    page = shown.location ? shown : await browser.open(page.location, { account: id });
  }
  const code = new URL(page.location ?? '').searchParams.get('code') ?? '';
  return { code, verifier, redirectUri, clientId };
}

async function tokens(form: Record<string, string>) {
  const { token_endpoint } = await discovery();
  const response = await fetch(token_endpoint, {
    method: 'POST',
    headers: { origin: session().portalUrl },
    body: new URLSearchParams(form),
  });
  const body = (await response.json()) as { id_token: string; refresh_token: string; error?: string };
  return {
    status: response.status,
    allowedOrigin: response.headers.get('access-control-allow-origin'),
    body,
  };
}

const claimsOf = (idToken: string) =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('the local issuer', () => {
  it('signs an account in, whose ID token works in the admin API and can be renewed', async () => {
    const { domainId } = await createDomainClient({ name: 'Signed in' });
    await addAccount({ id: 'ann', name: 'Ann', email: 'ann@example.com', roles: [`${domainId}:viewer`] });
    const { code, verifier, redirectUri, clientId } = await signIn('ann');
    const first = await tokens({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    });
    expect(first).toMatchObject({ status: 200, allowedOrigin: session().portalUrl });
    expect(claimsOf(first.body.id_token)).toMatchObject({
      iss: session().issuer,
      aud: clientId,
      sub: 'ann',
      name: 'Ann',
      email: 'ann@example.com',
      token_use: 'id',
      'cognito:groups': [`${domainId}:viewer`],
    });
    const me = await adminClient(first.body.id_token)('GET', '/me');
    expect(me.body).toMatchObject({
      name: 'Ann',
      domains: [{ domainId, name: 'Signed in', role: 'viewer' }],
    });

    const renewed = await tokens({
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: first.body.refresh_token,
    });
    expect(claimsOf(renewed.body.id_token)).toMatchObject({
      sub: 'ann',
      'cognito:groups': [`${domainId}:viewer`],
    });
  });

  it('refuses a user who changes the name that the audit log shows, as the client of the template says', async () => {
    const attributesOf = async (id: string) => {
      const { code, verifier, redirectUri, clientId } = await signIn(id);
      const grant = { grant_type: 'authorization_code', code, code_verifier: verifier };
      const { body } = await tokens({ ...grant, client_id: clientId, redirect_uri: redirectUri });
      const { name, email, email_verified: isVerified } = claimsOf(body.id_token);
      return { name, email, isVerified };
    };
    const update = async (token: string, Name: string, Value: string) => {
      const response = await fetch(session().endpoints.AWS_ENDPOINT_URL_SSM ?? '', {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes' },
        body: JSON.stringify({ AccessToken: token, UserAttributes: [{ Name, Value }] }),
      });
      return { status: response.status, body: (await response.json()) as object };
    };
    await addAccount({ id: 'eve', name: 'Eve', email: 'eve@example.com' });
    const before = await attributesOf('eve');
    const response = await fetch(`${session().controlUrl}/access-token`, {
      method: 'POST',
      body: JSON.stringify({ id: 'eve' }),
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    for (const name of [
      'name',
      'given_name',
      'nickname',
      'preferred_username',
      'email_verified',
      'cognito:groups',
    ]) {
      expect(await update(accessToken, name, 'Admin')).toMatchObject({
        status: 400,
        body: { __type: 'NotAuthorizedException' },
      });
    }
    expect(await update(accessToken, 'email', 'other@example.com')).toMatchObject({ status: 200 });
    expect(await update('forged', 'name', 'Admin')).toMatchObject({ status: 400 });
    expect(await attributesOf('eve')).toEqual(before);
    expect(before).toEqual({ name: 'Eve', email: 'eve@example.com', isVerified: true });
  });

  it('issues no token for a code without its verifier', async () => {
    const { code, redirectUri, clientId } = await signIn('viewer');
    const form = { grant_type: 'authorization_code', client_id: clientId, code, redirect_uri: redirectUri };
    expect((await tokens({ ...form, code_verifier: 'x'.repeat(43) })).body.error).toBe('invalid_grant');
  });

  it('lists the accounts, and signs in no other account', async () => {
    const browser = new Browser();
    const { authorization_endpoint } = await discovery();
    const { clientId } = await config();
    const challenge = 'x'.repeat(43);
    const query = `client_id=${clientId}&scope=openid&response_type=code&code_challenge=${challenge}&code_challenge_method=S256`;
    const redirect = encodeURIComponent(`${session().portalUrl}/signed-in`);
    const { location = '' } = await browser.open(
      `${authorization_endpoint}?${query}&redirect_uri=${redirect}`,
    );
    const { text } = await browser.open(location);
    for (const email of ['operator@example.com', 'owner@example.com', 'viewer@example.com'])
      expect(text).toContain(email);
    expect((await browser.open(location, { account: 'stranger' })).location).toBeUndefined();
  });

  it('responds to a malformed path as to an unknown one', async () => {
    expect((await fetch(`${session().issuer}//`)).status).toBe(404);
  });

  it('redirects to the portal only', async () => {
    const { authorization_endpoint } = await discovery();
    const { clientId } = await config();
    const query = `client_id=${clientId}&scope=openid&response_type=code&redirect_uri=https%3A%2F%2Fexample.com`;
    const response = await fetch(`${authorization_endpoint}?${query}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});
