import { randomUUID } from 'node:crypto';
import { uniqueName, userBody } from '../requests/bodies';
import { session } from '../system/system';
import type { IdentityProvider } from './identity-provider';
import type { ScenarioResult } from './scenarios';
import { jsonOf } from './wire';

const SEATS = 2;

type Body = Readonly<Record<string, unknown>>;
/** Sends a request, and returns its body. Records a problem unless the response has the status. */
type Call = (method: string, url: string, status: number, body?: object, token?: string) => Promise<Body>;

/**
 * Administers two domains through the admin API. The first has fewer seats than users; its settings, keys,
 * and licenses change. The second is deleted with its users.
 */
export async function runAdministration(idp: IdentityProvider): Promise<ScenarioResult[]> {
  return Promise.all([changeDomain(idp), deleteDomain(idp)]);
}

async function changeDomain(idp: IdentityProvider): Promise<ScenarioResult> {
  const problems: string[] = [];
  const call = caller(idp, problems);
  const { domainId, url, token } = await createDomain(call, { seats: SEATS, seatPolicy: 'wait' });
  const ids = await createUsers(call, token, 2 * SEATS);
  for (const path of [
    '',
    '/keys',
    '/users',
    '/audit-events',
    '/readiness',
    '/rate-usage',
    '/license-usage',
    '/requests',
    '/request-counts',
    '/suppressed-addresses',
  ])
    await call('GET', `${url}${path}`, 200);
  await call('PATCH', url, 200, { ratePlan: 'unmetered' });
  await call('PATCH', url, 200, { seats: SEATS + 1 });
  await call('DELETE', `${session().baseUrl}/Users/${ids[0]}`, 204, undefined, token);
  const { keyId } = (await call('POST', `${url}/keys`, 201, { name: 'short' })).key as Body;
  await call('DELETE', `${url}/keys/${String(keyId)}`, 204);
  await call('POST', `${url}/users/${ids[1]}/deactivate`, 200);
  return { domainId, problems };
}

async function deleteDomain(idp: IdentityProvider): Promise<ScenarioResult> {
  const problems: string[] = [];
  const call = caller(idp, problems);
  const { domainId, name, url, token } = await createDomain(call);
  const members = (await createUsers(call, token, 3)).map((value) => ({ value }));
  const groups = `${session().baseUrl}/Groups`;
  await call('POST', groups, 201, { displayName: 'All', members }, token);
  await call('DELETE', `${url}?name=${encodeURIComponent(name)}`, 202);
  return { domainId, problems, isDeleted: true };
}

const caller =
  (idp: IdentityProvider, problems: string[]): Call =>
  async (method, url, status, body, token = session().adminToken) => {
    const mediaType = url.startsWith(session().adminUrl) ? 'application/json' : 'application/scim+json';
    const response = await idp.exchange({
      ...{ method, url },
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': mediaType }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status !== status) problems.push(`${method} ${url}: ${response.status} ${response.body}`);
    return jsonOf(response) ?? {};
  };

async function createDomain(call: Call, settings: object = {}) {
  const name = `Faulty ${randomUUID()}`;
  const body = { name, ratePlan: 'gallery', ...settings };
  const created = await call('POST', `${session().adminUrl}/domains`, 201, body);
  const domainId = String(created.domainId);
  const url = `${session().adminUrl}/domains/${domainId}`;
  const { token } = await call('POST', `${url}/keys`, 201, { name: 'connection' });
  return { domainId, name, url, token: String(token) };
}

async function createUsers(call: Call, token: string, users: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < users; at++) {
    const { id } = await call(
      'POST',
      `${session().baseUrl}/Users`,
      201,
      userBody(uniqueName('admin')),
      token,
    );
    ids.push(String(id));
  }
  return ids;
}
