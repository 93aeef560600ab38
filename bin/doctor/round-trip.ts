import { randomUUID } from 'node:crypto';
import { type Finding, Ill, type Patient } from './diagnosis';
import { type ScimAnswer, type ScimRequest, send, unexpected } from './scim-request';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Makes, finds, changes and deletes a user. It is not active: it takes no seat, and nobody is mailed. */
export async function checkRoundTrip(patient: Patient): Promise<Finding> {
  const userName = `scim-doctor-${randomUUID()}@example.com`;
  const started = Date.now();
  try {
    await trip(patient, userName);
  } finally {
    await cleanUp(patient, userName);
  }
  return { found: `a user was made, found, changed and deleted in ${Date.now() - started} ms` };
}

async function trip(patient: Patient, userName: string): Promise<void> {
  const user = { schemas: [USER_SCHEMA], userName, active: false };
  // Not broken off: whether it was made would be known only later.
  const made = await step(undisturbed(patient), { method: 'POST', path: '/Users', body: user }, 201);
  const path = `/Users/${String(made.body.id)}`;
  await step(patient, { path }, 200);
  if ((await idsOf(patient, userName)).length !== 1)
    throw new Ill(
      'the user that was made is not found by its userName',
      'Something changes the query of requests between here and the service: look at proxies.',
    );
  const Operations = [{ op: 'replace', path: 'displayName', value: 'SCIM doctor' }];
  await step(patient, { method: 'PATCH', path, body: { schemas: [PATCH_OP], Operations } }, 200);
  await step(patient, { method: 'DELETE', path }, 204);
  await step(patient, { path }, 404);
}

/** Whatever became of the trip, nothing is left behind; its own failure is told only where something is. */
async function cleanUp(patient: Patient, userName: string): Promise<void> {
  const steady = undisturbed(patient);
  try {
    for (const id of await idsOf(steady, userName))
      await step(steady, { method: 'DELETE', path: `/Users/${id}` }, 204);
  } catch (error) {
    const found = error instanceof Ill ? error.found : 'it could not be deleted';
    throw new Ill(
      `the user ${userName} may be left behind: ${found}`,
      `Find it with \`GET /Users?filter=userName eq "${userName}"\` and delete it. It has no license.`,
    );
  }
}

async function idsOf(patient: Patient, userName: string): Promise<string[]> {
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const { body } = await step(patient, { path: `/Users?filter=${filter}` }, 200);
  return ((body.Resources ?? []) as { id: string }[]).map(({ id }) => id);
}

async function step(patient: Patient, request: ScimRequest, expected: number): Promise<ScimAnswer> {
  const answer = await send(patient, request);
  if (answer.status === expected) return answer;
  const { method = 'GET', path } = request;
  throw unexpected(`${method} ${path.split('?')[0]}`, answer);
}

const undisturbed = (patient: Patient): Patient => ({ ...patient, signal: new AbortController().signal });
