import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../local/product/system';
import { openDomainAdmin } from '../shared/service/domain-admin';
import { openScimKeyAdmin } from '../shared/service/scim-key-admin';
import { bySlots, obediently, steadily, type Client, type Slot } from './rate-limit';

const ACTOR = { kind: 'system', name: 'bench' } as const;
const MINUTE_MS = 60_000;

/** Two domains on the standard plan at the same time, from the beginning of a minute of the clock on. */
export async function playMinute(
  { session, deployment }: System,
  requests: number,
): Promise<{ steady: Slot[]; obedient: Slot[] }> {
  const { domainId } = await openDomainAdmin(deployment).createDomain({ name: 'Obedient' }, ACTOR);
  const { token } = await openScimKeyAdmin(deployment).createScimKey(domainId, { name: 'Obedient' }, ACTOR);
  const [one, other] = [session.scimKey, token].map((scimKey) => clientOf(session.baseUrl, scimKey)) as [
    Client,
    Client,
  ];
  // An instance that starts takes its time.
  await one.ask();
  await sleep(MINUTE_MS - (Date.now() % MINUTE_MS));
  const [steady, obedient] = await Promise.all([
    steadily(one, requests, MINUTE_MS),
    obediently(other, requests),
  ]);
  return { steady: bySlots(steady), obedient: bySlots(obedient) };
}

function clientOf(baseUrl: string, scimKey: string): Client {
  return {
    now: Date.now,
    sleep: (ms) => sleep(ms),
    ask: async () => {
      const response = await fetch(`${baseUrl}/Users?count=0`, {
        headers: { authorization: `Bearer ${scimKey}` },
      });
      await response.arrayBuffer();
      return { status: response.status, header: (name) => response.headers.get(name) ?? undefined };
    },
  };
}
