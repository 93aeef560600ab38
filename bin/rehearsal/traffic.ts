import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../local/product/session';
import { newId } from '../../shared/id';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { type Client, createClient, createUser, findUser } from '../dashboard/clients';
import type { Control } from './faults';

const TENANTS = [
  { name: 'Northwind', keyName: 'Okta', userAgent: 'Okta SCIM Client 1.0.0' },
  { name: 'Contoso', keyName: 'Entra ID', userAgent: '' },
  { name: 'Initech', keyName: 'OneLogin', userAgent: 'OneLogin SCIM/2.0' },
] as const;

export const createTenants = (session: Session): Promise<Client[]> =>
  Promise.all(TENANTS.map((tenant) => createClient(session, tenant)));

/** The requests of one kind that wait for their responses, at most. */
const MAX_WAITING = 12;

/**
 * Sends what a small deployment gets in a minute, again and again: requests of identity providers, also with
 * wrong keys, license checks, requests of administrators, and the runs of schedules. Slow responses do not
 * slow it down, because alarms need a number of requests in a minute.
 */
export async function runTraffic(
  session: Session,
  clients: readonly Client[],
  control: Control,
  secondsPerMinute: number,
): Promise<void> {
  const repeat = async (intervalMs: number, act: (turn: number) => Promise<unknown>) => {
    let waiting = 0;
    for (let turn = 0; ; turn++) {
      if (waiting < MAX_WAITING) {
        waiting++;
        // A fault may end a request without a response.
        void act(turn)
          .catch(() => undefined)
          .finally(() => waiting--);
      }
      await sleep(intervalMs * secondsPerMinute);
    }
  };
  const authorization = `Bearer ${session.adminToken}`;
  await Promise.all([
    ...clients.flatMap((client, index) => [
      // The first domain has most of the requests.
      ...Array.from({ length: index === 0 ? 3 : 1 }, (_, worker) =>
        repeat(400, async (turn) => {
          const userName = `user-${worker}-${turn}-of-${index}`;
          await findUser(client, userName);
          if (turn % 2 === 0) await createUser(client, userName);
        }),
      ),
    ]),
    repeat(120, () => {
      const wrong = formatToken({ domainId: session.domainId, keyId: newId(), secret: newSecret() });
      return fetch(`${session.baseUrl}/Users`, { headers: { authorization: `Bearer ${wrong}` } });
    }),
    repeat(500, () => fetch(session.licenseCheckUrl, { headers: { 'license-key': 'unknown' } })),
    repeat(500, () => fetch(`${session.adminUrl}/domains`, { headers: { authorization } })),
    repeat(700, () => control('POST fire?rule=MailOutbox')),
    repeat(20_000, () => control('POST fire?rule=KeyReminders')),
    repeat(5_000, async (turn) => {
      const name = `Short-lived ${turn}`;
      const { domainId } = await createClient(session, { name, keyName: 'none', userAgent: '' });
      const url = `${session.adminUrl}/domains/${domainId}?name=${encodeURIComponent(name)}`;
      await fetch(url, { method: 'DELETE', headers: { authorization } });
    }),
  ]);
}
