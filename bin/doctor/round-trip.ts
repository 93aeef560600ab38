import { randomUUID } from 'node:crypto';
import { CheckFailed, type Observation, type Target } from './diagnosis';
import { type ScimResponse, type ScimRequest, send, unexpected } from './scim-request';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * Creates, finds, changes and deletes a user. The user is inactive, so it takes no seat and gets no email.
 */
export async function checkRoundTrip(target: Target): Promise<Observation> {
  const userName = `scim-doctor-${randomUUID()}@example.com`;
  const started = Date.now();
  try {
    await runRoundTrip(target, userName);
  } finally {
    await cleanUp(target, userName);
  }
  return { found: `a user was created, found, changed and deleted in ${Date.now() - started} ms` };
}

async function runRoundTrip(target: Target, userName: string): Promise<void> {
  const user = { schemas: [USER_SCHEMA], userName, active: false };
  // This request is not aborted, because the clean-up must know whether the user was created.
  const created = await expectStatus(
    withoutAbort(target),
    { method: 'POST', path: '/Users', body: user },
    201,
  );
  const path = `/Users/${String(created.body.id)}`;
  await expectStatus(target, { path }, 200);
  if ((await findIds(target, userName)).length !== 1)
    throw new CheckFailed(
      'the created user is not found by its userName',
      'Something on the way to the service changes the query string. Check the proxies.',
    );
  const Operations = [{ op: 'replace', path: 'displayName', value: 'SCIM doctor' }];
  await expectStatus(target, { method: 'PATCH', path, body: { schemas: [PATCH_OP], Operations } }, 200);
  await expectStatus(target, { method: 'DELETE', path }, 204);
  await expectStatus(target, { path }, 404);
}

/** Deletes the test user, whatever happened before. Throws `CheckFailed` if the user may still exist. */
async function cleanUp(target: Target, userName: string): Promise<void> {
  const uninterrupted = withoutAbort(target);
  try {
    for (const id of await findIds(uninterrupted, userName))
      await expectStatus(uninterrupted, { method: 'DELETE', path: `/Users/${id}` }, 204);
  } catch (error) {
    const found = error instanceof CheckFailed ? error.found : 'it could not be deleted';
    throw new CheckFailed(
      `the test user ${userName} may still exist: ${found}`,
      `Find it with \`GET /Users?filter=userName eq "${userName}"\` and delete it. It has no license.`,
    );
  }
}

async function findIds(target: Target, userName: string): Promise<string[]> {
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const { body } = await expectStatus(target, { path: `/Users?filter=${filter}` }, 200);
  return ((body.Resources ?? []) as { id: string }[]).map(({ id }) => id);
}

async function expectStatus(target: Target, request: ScimRequest, expected: number): Promise<ScimResponse> {
  const response = await send(target, request);
  if (response.status === expected) return response;
  const { method = 'GET', path } = request;
  throw unexpected(`${method} ${path.split('?')[0]}`, response);
}

const withoutAbort = (target: Target): Target => ({ ...target, signal: new AbortController().signal });
