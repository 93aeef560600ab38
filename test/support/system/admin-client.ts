import { setTimeout as sleep } from 'node:timers/promises';
import { session } from './system';
import { eventually } from '../jest/timeouts';

/** The members of bodies that tests read. */
export interface AdminBody {
  readonly [member: string]: unknown;
  readonly domainId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly connectionId: string;
  readonly credentialId: string;
  readonly clientSecret: string;
  readonly type: string;
  readonly status: string;
  readonly result: string;
  readonly administratorId: string;
  readonly invitationId: string;
  readonly subscriptionId: string;
  readonly subscription: AdminBody;
  readonly eventId: string;
  readonly name: string;
  readonly action: string;
  readonly detail: string;
  readonly token: string;
  readonly next?: string;
  readonly key: AdminBody;
  readonly user: AdminBody;
  readonly items: readonly AdminBody[];
  readonly results: unknown;
  readonly field: unknown;
  readonly credentials: readonly AdminBody[];
  readonly checks: readonly AdminBody[];
}

export interface AdminResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text if it is not JSON, or undefined if there is no body. */
  readonly body: AdminBody;
}

/** Calls the admin API; `path` is below `/admin/v1`. */
export type AdminClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<AdminResponse>;

/** The rate limit counts the requests of a minute. */
const MAX_PAUSE_SECONDS = 60;

/**
 * Returns a client with a token, by default the admin token. An empty token is not sent. All tests share one
 * rate limit, so the client retries after a 429. It does not wait for limits of a day, such as that of
 * invitations.
 */
export function adminClient(token: string | undefined = session().adminToken): AdminClient {
  return async (method, path, body, headers = {}) => {
    for (;;) {
      const response = await fetch(session().adminUrl + path, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const pauseSeconds = Number(response.headers.get('retry-after'));
      if (response.status === 429 && pauseSeconds <= MAX_PAUSE_SECONDS) {
        await sleep(1_000 * pauseSeconds);
        continue;
      }
      return { status: response.status, headers: response.headers, body: parseBody(text) };
    }
  };
}

export interface IdTokenRequest {
  readonly id?: string;
  readonly name?: string;
  /** `operator`, `<domainId>:owner`, `<domainId>:viewer`. */
  readonly roles?: readonly string[];
  /** Lifetime in seconds. */
  readonly expiresIn?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Returns an ID token of the local issuer, which a portal user would receive at sign-in. */
export async function idTokenFor(request: IdTokenRequest): Promise<string> {
  const response = await fetch(`${session().controlUrl}/id-token`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  return ((await response.json()) as { idToken: string }).idToken;
}

/** Returns a client of a portal user who has the roles of this ID token, and has used them once. */
export async function signedInClient(request: IdTokenRequest): Promise<AdminClient> {
  const client = adminClient(await idTokenFor(request));
  const { status, body } = await client('GET', '/me');
  if (status !== 200) throw new Error(`The portal user was refused: ${status} ${JSON.stringify(body)}`);
  return client;
}

/** Returns a client of a portal user with one role in one domain. */
export const portalUserClient = (domainId: string, role: 'owner' | 'viewer'): Promise<AdminClient> =>
  signedInClient({ id: portalUserIdOf(domainId, role), name: role, roles: [`${domainId}:${role}`] });

export const portalUserIdOf = (domainId: string, role: 'owner' | 'viewer'): string =>
  `${role}-of-${domainId}`;

function parseBody(text: string): AdminBody {
  try {
    return JSON.parse(text) as AdminBody;
  } catch {
    return (text === '' ? undefined : text) as unknown as AdminBody;
  }
}

/**
 * Waits until the history of a new license is complete: the stream writes it, and marks the email as sent.
 */
export const waitUntilKeyIsMailed = ({
  domainId,
  userId,
}: {
  domainId?: string;
  userId?: string;
}): Promise<void> =>
  eventually('the email with the key', async () => {
    const { body } = await adminClient()('GET', `/domains/${domainId}/users/${userId}`);
    const [issued] = body.history as { mail?: { status: string } }[];
    return issued?.mail?.status === 'sent';
  });
