import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../shared/id';
import { BenchDomain, type MeasuredSystem } from '../contention/bench-domain';
import type { BenchReceiver } from './receiver';

const WRITERS = 10;
const PAUSE_MS = 500;
const MAX_ATTEMPTS = 5;

export interface WebhooksSize {
  /** The users of the import, and how many it creates in a second. */
  readonly users: number;
  readonly perSecond: number;
  /** The deactivations in the quiet system. */
  readonly samples: number;
  /** The domains whose endpoints hang. */
  readonly hanging: number;
}

/**
 * Measures the milliseconds from a SCIM request with `active: false` to the verified webhook: in the quiet
 * system, and while another domain imports users and the endpoints of other domains hang.
 */
export async function measureWebhooks(
  system: MeasuredSystem,
  receiver: BenchReceiver,
  { users, perSecond, samples, hanging }: WebhooksSize,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const measured = await BenchDomain.create(system);
  receiver.setSecret(await addWebhook(system, measured.domainId, `${receiver.origin}/measured`));
  const deactivate = () => measureDeactivation(measured, receiver);
  // The first one starts the functions.
  await deactivate();
  const quiet: number[] = [];
  for (let at = 0; at < samples; at++) quiet.push(await deactivate());

  const importer = await BenchDomain.create(system);
  await addWebhook(system, importer.domainId, `${receiver.origin}/import`);
  const stuck = await Promise.all(Array.from({ length: hanging }, () => BenchDomain.create(system)));
  for (const { domainId } of stuck) await addWebhook(system, domainId, `${receiver.origin}/hangs`);
  for (const domain of stuck) await createUser(domain);
  let isDone = false;
  const importing = importUsers(importer, users, perSecond).finally(() => (isDone = true));
  const during: number[] = [];
  while (!isDone) {
    // Each change of a domain whose endpoint hangs requests another delivery.
    for (const domain of stuck) await createUser(domain);
    during.push(await deactivate());
    await sleep(PAUSE_MS);
  }
  await importing;
  return { quiet, 'during the import, beside hanging endpoints': during };
}

async function measureDeactivation(domain: BenchDomain, receiver: BenchReceiver): Promise<number> {
  const id = await createUser(domain);
  const started = performance.now();
  const arrival = receiver.arrival('user.deactivated', id);
  const operation = { op: 'replace', path: 'active', value: false };
  await domain.request('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  });
  await arrival;
  return performance.now() - started;
}

async function createUser(domain: BenchDomain): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const { body, status } = await domain.request('POST', '/Users', { userName: `${newId()}@example.com` });
    if (status === 201) return (body as { id: string }).id;
    // A request can time out on a busy machine.
    if (status < 500 || attempt === MAX_ATTEMPTS) throw new Error(`The user was not created: ${status}`);
  }
}

async function importUsers(domain: BenchDomain, users: number, perSecond: number): Promise<void> {
  const start = performance.now();
  let started = 0;
  const write = async (): Promise<void> => {
    for (let at = started++; at < users; at = started++) {
      const wait = start + (at * 1_000) / perSecond - performance.now();
      if (wait > 0) await sleep(wait);
      await createUser(domain);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

/** Creates a webhook, and returns its secret. */
async function addWebhook({ session }: MeasuredSystem, domainId: string, endpoint: string): Promise<string> {
  const response = await fetch(`${session.adminUrl}/domains/${domainId}/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Bench', kind: 'webhook', endpoint }),
  });
  if (response.status !== 201) throw new Error(`The webhook was not created: ${await response.text()}`);
  return ((await response.json()) as { secret: string }).secret;
}
