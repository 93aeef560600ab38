import { request } from 'node:http';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, session } from '../../support/system/system';

const admin = adminClient();

/** Every address in 127/8 belongs to this machine, so the viewer can use another one than the edge. */
const VIEWER = '127.0.0.2';

/** Creates a key in a domain from the address of the viewer. Returns the address in the audit event. */
async function auditedAddress(url: string, headers: Record<string, string>): Promise<unknown> {
  const { domainId } = await createDomainClient();
  const name = 'From an address';
  const status = await new Promise<number>((resolve, reject) => {
    const sent = request(`${url}/domains/${domainId}/keys`, {
      method: 'POST',
      localAddress: VIEWER,
      headers: { authorization: `Bearer ${session().adminToken}`, ...headers },
    });
    sent.once('error', reject);
    sent.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.end(JSON.stringify({ name }));
  });
  expect(status).toBe(201);
  const { body } = await admin('GET', `/domains/${domainId}/audit-events?limit=1`);
  const [event] = body.items as unknown as { actor: { sourceAddress?: string } }[];
  return event?.actor.sourceAddress;
}

const portalAdminUrl = () => `${session().portalUrl}/admin/v1`;
const SPOOFED_HEADERS = { 'x-forwarded-for': '203.0.113.9' };

it('the audit event of a change through the portal has the address of the viewer, not of the edge', async () => {
  expect(await auditedAddress(portalAdminUrl(), {})).toBe(VIEWER);
});

it('a client cannot forge its address with headers', async () => {
  expect(
    await auditedAddress(portalAdminUrl(), { ...SPOOFED_HEADERS, 'x-portal-origin-secret': 'guessed' }),
  ).toBe(VIEWER);
  expect(await auditedAddress(session().adminUrl, SPOOFED_HEADERS)).toBe(VIEWER);
  expect(
    await auditedAddress(session().adminUrl, { ...SPOOFED_HEADERS, 'x-portal-origin-secret': 'guessed' }),
  ).toBe(VIEWER);
});
