import type { AdminAccess } from './admin-client';
import { isThisMachine } from './this-machine';
import { Failure } from '../failure';
import type { LocalSession } from './local-session';

/**
 * Finds the admin API and its token. The sources, in order: the local `session`, the variables SCIM_ADMIN_URL
 * and SCIM_ADMIN_TOKEN, and the parameter and secret of the deployment on AWS.
 */
export async function findAccess(
  session: LocalSession | undefined,
  env: Readonly<NodeJS.ProcessEnv>,
  stage: string,
): Promise<AdminAccess> {
  if (session) {
    const tokenSource = 'The session belongs to another system. Restart it with `npm start`.';
    return { url: session.adminUrl, token: session.adminToken, tokenSource };
  }
  return accessFromEnvironment(env) ?? (await accessFromAws(stage));
}

function accessFromEnvironment({
  SCIM_ADMIN_URL: url,
  SCIM_ADMIN_TOKEN: token,
}: Readonly<NodeJS.ProcessEnv>) {
  if (!url && !token) return undefined;
  if (!url || !token) {
    const missing = url ? 'SCIM_ADMIN_TOKEN' : 'SCIM_ADMIN_URL';
    throw Failure.misused(`${missing} is not set. Set both SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN, or neither.`);
  }
  const tokenSource =
    'Run `scim admin-token show` with AWS credentials, and set SCIM_ADMIN_TOKEN to its output.';
  return { url: parseUrl(url), token: parseToken(token), tokenSource };
}

async function accessFromAws(stage: string): Promise<AdminAccess> {
  const aws = await import('./aws-deployment');
  const admin = await aws.readAdminDeployment(stage);
  const tokenSource = 'It was rotated less than a minute ago. Try again.';
  return { url: admin.adminUrl, token: await aws.readAdminToken(admin), tokenSource };
}

function parseUrl(text: string): string {
  if (!URL.canParse(text)) throw Failure.misused(`SCIM_ADMIN_URL is not a valid URL: "${text}".`);
  const { protocol, hostname, origin, pathname } = new URL(text);
  if (protocol !== 'https:' && !isThisMachine(hostname)) {
    throw Failure.misused(
      'SCIM_ADMIN_URL must begin with https. Plain HTTP would expose the token on the network.',
    );
  }
  return origin + pathname.replace(/\/+$/, '');
}

/**
 * Rejects characters that a header does not allow. `fetch` rejects them too, but its error contains the
 * token.
 */
function parseToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw Failure.misused('SCIM_ADMIN_TOKEN contains invalid characters. Copy it again.');
}
