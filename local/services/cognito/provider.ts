import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type ProviderClass from 'oidc-provider';
import { readBody } from '../../host/http';
import type { Account, Accounts } from './accounts';
import { signedOutPage, signInPage, signOutPage } from './pages';
import type { SigningKey } from './signing-key';
import type { UserPool } from './user-pool';

/** The claim that contains a user's groups in Cognito. */
export const ROLES_CLAIM = 'cognito:groups';
const SIGN_IN = /^\/sign-in\/[\w-]+$/;

/** Returns the claims of an account's ID tokens, which are those of Cognito. */
const claimsOf = ({ id, email, emailVerified = true, name, roles }: Account) => ({
  sub: id,
  email,
  email_verified: emailVerified,
  name,
  [ROLES_CLAIM]: [...roles],
  token_use: 'id',
});

/**
 * Returns an OpenID issuer that replaces a user pool: authorization code with PKCE, refresh tokens, sign-out.
 */
export async function startProvider(
  issuer: string,
  pool: UserPool,
  accounts: Accounts,
  key: SigningKey,
): Promise<RequestListener> {
  const provider = await withoutWarnings(async () => {
    const { default: Provider } = await import('oidc-provider');
    return new Provider(issuer, configuration(pool, accounts, key));
  });
  const callback = provider.callback();
  return (message, response) => {
    const [path = ''] = (message.url ?? '').split('?');
    if (!SIGN_IN.test(path)) return void callback(message, response);
    signIn(provider, accounts, message, response).catch((error: unknown) => {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end(`Start the sign-in again. ${String(error)}`);
    });
  };
}

/**
 * Hides the provider's warnings about its store in memory and the version of Node, which matter to real
 * issuers only.
 */
async function withoutWarnings<T>(start: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await start();
  } finally {
    console.warn = warn;
  }
}

function configuration(pool: UserPool, accounts: Accounts, key: SigningKey): Configuration {
  const { clientId, redirectUris, logoutUris, scopes, idTokenTtl, refreshTokenTtl } = pool;
  return {
    clients: [
      {
        client_id: clientId,
        // A native application would ask for consent each time.
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...logoutUris],
        scope: scopes.join(' '),
      },
    ],
    jwks: { keys: [key.privateJwk] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email'],
    claims: {
      openid: ['sub', ROLES_CLAIM, 'token_use'],
      profile: ['name'],
      email: ['email', 'email_verified'],
    },
    // Cognito puts all claims into the ID token, and always issues a refresh token.
    conformIdTokenClaims: false,
    issueRefreshToken: () => Promise.resolve(true),
    clientBasedCORS: () => true,
    ttl: {
      IdToken: idTokenTtl,
      AccessToken: idTokenTtl,
      RefreshToken: refreshTokenTtl,
      Session: refreshTokenTtl,
      Grant: refreshTokenTtl,
      Interaction: 3_600,
    },
    findAccount: (_, id) => {
      const account = accounts.find(id);
      return account && { accountId: id, claims: () => claimsOf(account) };
    },
    interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
    loadExistingGrant: grantAll,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = signedOutPage();
        },
      },
    },
  };
}

/** Grants all scopes without asking for consent, because the client belongs to the owner of the pool. */
async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc;
  const grant = new oidc.provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

async function signIn(
  provider: ProviderClass,
  accounts: Accounts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (message.method !== 'POST') {
    await provider.interactionDetails(message, response);
    const page = signInPage(message.url ?? '', accounts.all());
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(page);
    return;
  }
  const form = new URLSearchParams((await readBody(message))?.toString());
  const account = accounts.find(form.get('account') ?? '');
  if (!account) throw new Error('There is no such account.');
  // Here, the first sign-in replaces the temporary password.
  if (account.status === 'FORCE_CHANGE_PASSWORD') accounts.add({ ...account, status: 'CONFIRMED' });
  await provider.interactionFinished(message, response, { login: { accountId: account.id } });
}
