import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Diagnosis, diagnose } from '../../../bin/doctor/diagnose';
import { type Listening, listen, sendJson } from '../../../local/host/http';
import { formatToken, newSecret } from '../../../shared/credentials/scim-key';

export const DOMAIN = '01890000-0000-7000-8000-000000000001';
export const SCIM_KEY = formatToken({
  domainId: DOMAIN,
  keyId: '01890000-0000-7000-8000-000000000002',
  secret: newSecret(),
});
export const ERROR = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] };

/** Responses that replace those of a healthy server, by `METHOD /first-path-segment`. */
export type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;

let server: Listening | undefined;
/** The requests that the server has received, by method and path. */
export let requests: string[];
/** The ids of the users that exist. */
export let users: Set<string>;

/** Starts the server. */
export async function serve(overrides: Answers = {}): Promise<string> {
  [requests, users] = [[], new Set()];
  server = await listen((request, response) => {
    const [path = '', query] = (request.url ?? '').split('?');
    requests.push(`${request.method} ${path}`);
    const hasCredential = request.headers.authorization !== undefined;
    const key = `${hasCredential ? '' : 'keyless '}${request.method} /${path.split('/')[1]}${query ? '?' : ''}`;
    const override = overrides[key];
    if (override) return override(response, request);
    if (!hasCredential) return sendJson(response, 401, ERROR);
    respondHealthily(request, path, response, query !== undefined);
  }, 0);
  return server.url;
}

/** Responds like a system without problems. */
export function respondHealthily(
  request: IncomingMessage,
  path: string,
  response: ServerResponse,
  isSearch: boolean,
): void {
  const id = path.split('/')[2] ?? '';
  if (path === '/ServiceProviderConfig') return sendJson(response, 200, {});
  if (request.method === 'POST') {
    users.add('u1');
    return sendJson(response, 201, { id: 'u1' });
  }
  if (isSearch) return sendJson(response, 200, { Resources: [...users].map((each) => ({ id: each })) });
  if (!users.has(id)) return sendJson(response, 404, ERROR);
  if (request.method !== 'DELETE') return sendJson(response, 200, {});
  users.delete(id);
  response.writeHead(204).end();
}

export async function diagnoseAll(
  baseUrl: string,
  { scimKey = SCIM_KEY, signal = new AbortController().signal } = {},
): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  for await (const diagnosis of diagnose({ baseUrl, scimKey, signal })) diagnoses.push(diagnosis);
  return diagnoses;
}

export const failure = (diagnoses: readonly Diagnosis[]) =>
  diagnoses.find(({ status }) => status === 'failed');
export const statuses = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ status }) => status);

/** Stops the server. */
export async function stopServer(): Promise<void> {
  await server?.close();
  server = undefined;
}
