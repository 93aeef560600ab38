import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scim } from '../../bin/cli/run';
import { eventually } from '../jest/timeouts';
import { accessToken } from '../oauth/token-client';
import { replaceBody } from '../requests/bodies';
import { adminClient } from '../system/admin-client';
import { copyAssembly } from '../system/edited-assembly';
import { clientWithKey, session } from '../system/system';
import { isSignedWith } from '../webhooks/receiver';
import { type LoadResult, RotationLoad } from './rotation-load';
import {
  createLicensedUser,
  createRotationWorld,
  mailedKey,
  RECEIVER_AUTHORIZATION,
  type RotationWorld,
} from './rotation-world';

export interface RehearsalOptions {
  /** The directory of the data of the system. */
  readonly state: string;
  /** The time until functions use a new version. */
  readonly leadSeconds: number;
  /** The time for which the load runs before the rotations, and after functions use the new versions. */
  readonly loadSeconds: number;
  readonly progress?: (text: string) => void;
}

export interface RehearsalResult extends LoadResult {
  /** The things that were not as they were before the rotations. */
  readonly problems: readonly string[];
}

interface SecretState {
  readonly name: string;
  readonly version: number;
  readonly state: string;
  readonly credentials?: number;
}

/** The secrets from which values are derived. */
const DERIVING = ['pepper', 'access-token', 'cursor', 'license', 'webhook'] as const;

/** Copies an assembly whose functions read secrets again after this time, instead of after a minute. */
export const assemblyWithRefresh = (from: string, to: string, seconds: number): void =>
  copyAssembly(from, to, (_, template) => {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { Variables } = (Properties.Environment ?? {}) as { Variables?: object };
      Properties.Environment = { Variables: { ...Variables, SECRET_REFRESH_SECONDS: String(seconds) } };
    }
  });

/** Rotates all secrets of a running system under load, and checks that everything works as before. */
export async function rehearseRotations(options: RehearsalOptions): Promise<RehearsalResult> {
  const { state, leadSeconds, loadSeconds, progress = () => undefined } = options;
  const command = async <T>(...args: string[]): Promise<T> => {
    const common = ['--local', '--session', path.join(state, 'session.json'), '--json'];
    const { code, out, err } = await scim([...common, ...args]);
    if (code !== 0) throw new Error(`scim ${args.join(' ')}: ${err}`);
    return JSON.parse(out) as T;
  };
  progress('Creating what must keep working');
  const world = await createRotationWorld();
  const load = new RotationLoad(world);
  await sleep(1_000 * loadSeconds);
  for (const name of DERIVING) {
    progress(`Rotating ${name}`);
    await command('secret', 'rotate', name, '--after', String(leadSeconds), '--yes');
  }
  progress('Rotating the portal secret and the admin token');
  await command('secret', 'rotate', 'portal-origin', '--yes');
  load.addAdminToken((await command<{ token: string }>('admin-token', 'rotate', '--yes')).token);
  await eventually(
    'the use of the new versions',
    async () => {
      const used = (await command<SecretState[]>('secret', 'list')).filter(({ state }) => state === 'used');
      return DERIVING.every((name) => used.some((each) => each.name === name && each.version === 2));
    },
    1_000,
  );
  await sleep(1_000 * loadSeconds);
  progress('Checking what was made before the rotations');
  const problems = await compare(world);
  const { accepted, refused } = await load.stop();
  problems.push(...(await dropPepper(world, command)));
  return { accepted, refused, problems };
}

/** Compares what was derived before the rotations with what is derived now. Returns the differences. */
async function compare({ domain, unusedKeys, clients, users, webhook, setReceiver }: RotationWorld) {
  const problems: string[] = [];
  const expect = (isTrue: boolean, problem: string): void => void (isTrue || problems.push(problem));
  for (const { token } of unusedKeys) {
    const { status } = await clientWithKey(domain.domainId, token).request('GET', '/Users?count=1');
    expect(status === 200, `A SCIM key that was not used before the rotation: ${status}`);
  }
  for (const client of clients) await accessToken(client);
  for (const { userId, userName, licenseKey } of users) {
    const target = `/domains/${domain.domainId}/users/${userId}/resend-mail`;
    const { status } = await adminClient()('POST', target);
    expect(status < 300, `An email cannot be sent again: ${status}`);
    expect((await mailedKey(userName, 2)) === licenseKey, 'An email that is sent again has another key.');
  }
  const { licenseKey } = await createLicensedUser(domain);
  const checked = await fetch(session().licenseCheckUrl, { headers: { 'license-key': licenseKey } });
  expect(((await checked.json()) as { status: string }).status === 'active', 'A new license is not active.');
  const added = (await adminClient()('POST', `${webhook.path}/secrets`)).body.secret as string;
  const change = replaceBody('title', 'After the rotations');
  await domain.request('PATCH', `/Users/${users[0]?.userId}`, change);
  await eventually('an event that is signed with a new secret, too', async () =>
    (await webhook.receiver.received()).some((hook) => isSignedWith(added, hook)),
  );
  const hooks = await webhook.receiver.received();
  expect(
    hooks.every((hook) => isSignedWith(webhook.secret, hook)),
    'An event was not signed with the secret of the webhook.',
  );
  const sets = await setReceiver.received();
  expect(sets.length > 0, 'The receiver of SETs got none.');
  expect(
    sets.every(({ headers }) => headers.authorization === RECEIVER_AUTHORIZATION),
    'A SET was sent without the authorization of its receiver.',
  );
  return problems;
}

/**
 * Ends the former pepper. Keys that were used in the last minute before the rotation still have a hash of it,
 * because a use is recorded once a minute. They are revoked, as keys that nobody uses.
 */
async function dropPepper(
  { domain, unusedKeys, clients }: RotationWorld,
  command: <T>(...args: string[]) => Promise<T>,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const usesOf = async (pepper: number) =>
    (await command<SecretState[]>('secret', 'status', 'pepper')).find(({ version }) => version === pepper)
      ?.credentials ?? 0;
  const rehashed = await usesOf(2);
  if (rehashed < unusedKeys.length + clients.length)
    problems.push(`Only ${rehashed} credentials got a hash of the new pepper.`);
  if ((await usesOf(1)) > 0) {
    const refusal = await command('secret', 'drop', 'pepper', '--yes').then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (!refusal?.includes('the former pepper')) problems.push('The pepper was dropped while it was needed.');
    await revokeFormer(domain.domainId);
  }
  await command('secret', 'drop', 'pepper', '--yes');
  for (const { token } of unusedKeys) {
    const { status } = await clientWithKey(domain.domainId, token).request('GET', '/Users?count=1');
    if (status !== 200) problems.push(`A SCIM key after the end of the former pepper: ${status}`);
  }
  return problems;
}

/** Revokes the SCIM keys of all domains whose hash has the first pepper. */
async function revokeFormer(of: string): Promise<void> {
  const admin = adminClient();
  const domains = (await admin('GET', '/domains?limit=100')).body.items;
  for (const { domainId } of [...domains, { domainId: of }]) {
    const { body } = await admin('GET', `/domains/${domainId}/connections`);
    for (const { credentials, connectionId } of body.items)
      for (const { credentialId, type, status, pepperId } of credentials)
        if (type === 'scim-key' && status === 'active' && pepperId === undefined)
          await admin(
            'DELETE',
            `/domains/${domainId}/connections/${connectionId}/credentials/${credentialId}`,
          );
  }
}
