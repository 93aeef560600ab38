import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../local/product/system';
import { openDomainAdmin } from '../shared/service/domains/domain-admin';
import { openScimKeyAdmin } from '../shared/service/credentials/scim-key-admin';
import {
  summarizeBySlot,
  sendHonoringRetryAfter,
  sendSteadily,
  type RateLimitedClient,
  type SlotSummary,
} from './rate-limit';

const ACTOR = { kind: 'system', name: 'bench' } as const;
const MINUTE_MS = 60_000;

/** Runs two clients on the standard plan at the same time, from the start of a clock minute. */
export async function runOneMinute(
  { session, deployment }: System,
  requests: number,
): Promise<{ steady: SlotSummary[]; obedient: SlotSummary[] }> {
  const { domainId } = await openDomainAdmin(deployment).createDomain({ name: 'Obedient' }, ACTOR);
  const { token } = await openScimKeyAdmin(deployment).createScimKey(domainId, { name: 'Obedient' }, ACTOR);
  const [steadyClient, obedientClient] = [session.scimKey, token].map((scimKey) =>
    createClient(session.baseUrl, scimKey),
  ) as [RateLimitedClient, RateLimitedClient];
  // The first request waits for a cold start.
  await steadyClient.sendRequest();
  await sleep(MINUTE_MS - (Date.now() % MINUTE_MS));
  const [steady, obedient] = await Promise.all([
    sendSteadily(steadyClient, requests, MINUTE_MS),
    sendHonoringRetryAfter(obedientClient, requests),
  ]);
  return { steady: summarizeBySlot(steady), obedient: summarizeBySlot(obedient) };
}

function createClient(baseUrl: string, scimKey: string): RateLimitedClient {
  return {
    now: Date.now,
    sleep: (ms) => sleep(ms),
    sendRequest: async () => {
      const response = await fetch(`${baseUrl}/Users?count=0`, {
        headers: { authorization: `Bearer ${scimKey}` },
      });
      await response.arrayBuffer();
      return { status: response.status, header: (name) => response.headers.get(name) ?? undefined };
    },
  };
}
