import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';

export interface Patient {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  readonly scimKey: string;
}

export interface Diagnosis {
  readonly check: string;
  readonly ok: boolean;
  /** What was seen, or what to do. */
  readonly says: string;
}

/** Thrown by a check; the message says what to do. */
class Ill extends Error {}

type Check = readonly [name: string, check: (patient: Patient) => Promise<string>];

const CHECKS: readonly Check[] = [
  ['DNS', dns],
  ['TLS', tls],
  ['gateway', gateway],
  ['key', key],
  ['round trip', roundTrip],
];

const TIMEOUT_MS = 35_000;
const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 14;
const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Looks at a deployment from outside, as an identity provider reaches it. Ends at the first check that fails, as the others need it. */
export async function* diagnose(patient: Patient): AsyncGenerator<Diagnosis> {
  for (const [check, run] of CHECKS) {
    try {
      yield { check, ok: true, says: await run(patient) };
    } catch (error) {
      yield { check, ok: false, says: reasonOf(error) };
      return;
    }
  }
}

async function dns({ baseUrl }: Patient): Promise<string> {
  const { hostname } = new URL(baseUrl);
  try {
    const addresses = await lookup(hostname, { all: true });
    return `${hostname} is ${addresses.map(({ address }) => address).join(', ')}`;
  } catch {
    throw new Ill(
      `${hostname} has no address. Look at its DNS record: docs/deploy.md says where it must point.`,
    );
  }
}

async function tls({ baseUrl }: Patient): Promise<string> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol === 'http:') return 'none: the address begins with http, which is for this machine alone';
  const until = await certificateOf(hostname, Number(port || 443));
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  const says = `the certificate is good for ${days} more days, until ${until.toISOString().slice(0, 10)}`;
  if (days < EXPIRES_SOON_DAYS) throw new Ill(`${says}. Renew it.`);
  return says;
}

function certificateOf(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    // RFC 6066 §3: no address is a server's name.
    const servername = isIP(host) ? '' : host;
    const socket = connect({ host, port, servername, timeout: TIMEOUT_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', (error: Error) =>
      reject(new Ill(`The connection to ${host}:${port} is not good: ${error.message}.`)),
    );
  });
}

/** Without a key the gateway itself answers, as a SCIM error. */
async function gateway({ baseUrl }: Patient): Promise<string> {
  const { status, body } = await send(baseUrl, undefined, 'GET', '/Users');
  const isScim = Array.isArray(body.schemas) && String(body.schemas[0]).endsWith(':Error');
  if (status === 401 && isScim) return 'a request without a key is refused with a SCIM error';
  throw new Ill(
    `A request without a key was answered with ${status}, not with 401 and a SCIM error. Is ${baseUrl} the base URL?`,
  );
}

async function key({ baseUrl, scimKey }: Patient): Promise<string> {
  const { status, body } = await send(baseUrl, scimKey, 'GET', '/ServiceProviderConfig');
  if (status === 200) return 'the SCIM key is taken';
  if (status === 401)
    throw new Ill('The SCIM key is not valid, has expired or was revoked. Make another one.');
  throw new Ill(detailOf(status, body));
}

/** A user without a license, since it is not active: nobody is mailed. */
async function roundTrip({ baseUrl, scimKey }: Patient): Promise<string> {
  const userName = `scim-doctor-${randomUUID()}@example.com`;
  const step = async (method: string, path: string, expected: number, body?: object) => {
    const answer = await send(baseUrl, scimKey, method, path, body);
    if (answer.status !== expected)
      throw new Ill(`${method} ${path}: ${detailOf(answer.status, answer.body)}`);
    return answer.body;
  };
  const started = Date.now();
  const { id } = await step('POST', '/Users', 201, { schemas: [USER_SCHEMA], userName, active: false });
  const path = `/Users/${String(id)}`;
  try {
    await step('GET', path, 200);
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    const { totalResults } = await step('GET', `/Users?filter=${filter}`, 200);
    if (totalResults !== 1) throw new Ill(`The user that was made is found ${String(totalResults)} times.`);
    const Operations = [{ op: 'replace', path: 'displayName', value: 'SCIM doctor' }];
    await step('PATCH', path, 200, { schemas: [PATCH_OP], Operations });
  } finally {
    await step('DELETE', path, 204);
  }
  await step('GET', path, 404);
  return `a user was made, found, changed and deleted in ${Date.now() - started} ms`;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function send(
  baseUrl: string,
  scimKey: string | undefined,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: {
      'user-agent': 'scim-doctor',
      ...(scimKey !== undefined && { authorization: `Bearer ${scimKey}` }),
      ...(body && { 'content-type': 'application/scim+json' }),
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const parsed = (await response.json().catch(() => ({}))) as Answer['body'];
  return { status: response.status, body: parsed };
}

const detailOf = (status: number, { detail }: Answer['body']): string =>
  `${status}${typeof detail === 'string' ? `: ${detail}` : ''}`;

/** `fetch` says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
