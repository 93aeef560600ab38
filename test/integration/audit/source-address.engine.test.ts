import { request } from 'node:http';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, session } from '../../support/system/system';

const admin = adminClient();

/** Every address of 127/8 is this machine's, so a viewer can have another than the edge. */
const VIEWER = '127.0.0.2';

/** Makes a key in a domain from the viewer's address; gives the address that the audit event has. */
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
    sent.once('response', (answer) => resolve(answer.resume().statusCode ?? 0));
    sent.end(JSON.stringify({ name }));
  });
  expect(status).toBe(201);
  const { body } = await admin('GET', `/domains/${domainId}/audit-events?limit=1`);
  const [event] = body.items as unknown as { actor: { sourceAddress?: string } }[];
  return event?.actor.sourceAddress;
}

const portalAdminUrl = () => `${session().portalUrl}/admin/v1`;
const SPOOFED_HEADERS = { 'x-forwarded-for': '203.0.113.9' };

it('a change through the portal is audited with the address of who made it, not that of the edge', async () => {
  expect(await auditedAddress(portalAdminUrl(), {})).toBe(VIEWER);
});

it('nobody is believed an address of whom the distribution or API Gateway sees another', async () => {
  expect(
    await auditedAddress(portalAdminUrl(), { ...SPOOFED_HEADERS, 'x-portal-origin-secret': 'guessed' }),
  ).toBe(VIEWER);
  expect(await auditedAddress(session().adminUrl, SPOOFED_HEADERS)).toBe(VIEWER);
  expect(
    await auditedAddress(session().adminUrl, { ...SPOOFED_HEADERS, 'x-portal-origin-secret': 'guessed' }),
  ).toBe(VIEWER);
});
