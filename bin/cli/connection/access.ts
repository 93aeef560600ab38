import type { AdminAccess } from './admin-client';
import { isThisMachine } from './this-machine';
import { Failure } from '../failure';
import type { LocalSession } from './local-session';

/**
 * Of the local system, where there is a `session`; else as SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN of `env` say; else AWS knows where the
 * deployment is, and its secret holds the token.
 */
export async function findAccess(
  session: LocalSession | undefined,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<AdminAccess> {
  if (session) {
    const tokenSource = 'The session is of another system: start it again with `npm start`.';
    return { url: session.adminUrl, token: session.adminToken, tokenSource };
  }
  return accessOf(env) ?? (await awsAccess());
}

function accessOf({ SCIM_ADMIN_URL: url, SCIM_ADMIN_TOKEN: token }: Readonly<NodeJS.ProcessEnv>) {
  if (!url && !token) return undefined;
  if (!url || !token) {
    const missing = url ? 'SCIM_ADMIN_TOKEN' : 'SCIM_ADMIN_URL';
    throw Failure.misused(`${missing} is not set. Set both SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN, or neither.`);
  }
  const tokenSource =
    'Set SCIM_ADMIN_TOKEN to what `scim admin-token show` prints where there are AWS credentials.';
  return { url: checkedUrl(url), token: checkedToken(token), tokenSource };
}

async function awsAccess(): Promise<AdminAccess> {
  const aws = await import('./aws-deployment');
  const admin = await aws.readAdminDeployment();
  const tokenSource = 'It was rotated this minute: try again.';
  return { url: admin.adminUrl, token: await aws.readAdminToken(admin), tokenSource };
}

function checkedUrl(text: string): string {
  if (!URL.canParse(text)) throw Failure.misused(`SCIM_ADMIN_URL is "${text}": that is no URL.`);
  const { protocol, hostname, origin, pathname } = new URL(text);
  if (protocol !== 'https:' && !isThisMachine(hostname)) {
    throw Failure.misused('SCIM_ADMIN_URL has to begin with https: all would see the token on its way.');
  }
  return origin + pathname.replace(/\/+$/, '');
}

/** `fetch` would refuse it as well, and print it with its refusal. */
function checkedToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw Failure.misused('SCIM_ADMIN_TOKEN has characters that no token has. Copy it again.');
}
