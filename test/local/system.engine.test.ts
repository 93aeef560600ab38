import { randomUUID } from 'node:crypto';
import { listMailsTo, waitForMail } from '../support/system/mails';
import { killInstances, createDomainClient, planKill, session, takeCapacity } from '../support/system/system';

const user = (userName: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  emails: [{ value: userName, type: 'work', primary: true }],
});

/** Returns the capacity that the function of `/Users` has consumed for a domain since the last call. */
const takenByUsers = async (domainId: string) =>
  (await takeCapacity(domainId)).filter((record) => record.function.includes('Users'));

describe('the running system', () => {
  it('serves the stage of the template below /scim/v2', async () => {
    const { request } = await createDomainClient();
    expect(session().baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/);
    expect((await request('GET', '/ServiceProviderConfig')).status).toBe(200);
  });

  it('returns 401 through the gateway response of the template', async () => {
    const response = await fetch(`${session().baseUrl}/Users`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/scim+json');
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await response.json()).toMatchObject({ status: '401' });
  });

  it('delivers the stream to the license mail function', async () => {
    const { domainId, request } = await createDomainClient();
    const address = `${domainId}@example.com`;
    expect((await request('POST', '/Users', user(address))).status).toBe(201);
    expect(await waitForMail(address)).toHaveLength(1);
    expect(await listMailsTo('nobody@example.com')).toEqual([]);
  });

  it('measures what each function consumes', async () => {
    const { domainId, request } = await createDomainClient();
    await request('POST', '/Users', user(`meter-${domainId}@example.com`));
    const writes = (await takenByUsers(domainId)).filter(({ write }) => write > 0);
    expect(writes.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
    expect(await takenByUsers(domainId)).toEqual([]);
  });

  it('kills an instance after a planned number of writes', async () => {
    const { domainId, request } = await createDomainClient();
    const kill = await planKill('Users', { eventContains: domainId, writes: 1 });
    expect((await request('POST', '/Users', user(`killed-${domainId}@example.com`))).status).toBe(502);
    expect(await kill()).toBe(1);
    expect((await request('GET', '/Users')).body).toMatchObject({ totalResults: 1 });
  });

  it('shows its functions and queues, and kills instances on request', async () => {
    const control = async (path: string, method = 'GET') =>
      await (await fetch(`${session().controlUrl}/${path}`, { method })).json();
    // CloudFormation ends each name with 8 hexadecimal digits.
    const names = Object.keys((await control('queues')) as object).map((name) =>
      name.replace(/[0-9A-F]{8}(?=$|\.fifo$)/, ''),
    );
    expect(names.sort()).toEqual([
      'ScimLicenses-DeliveryMailFailures',
      'ScimLicenses-LicenseChangesFailures',
      'ScimLicenses-MailEventsFailures',
      'ScimLicenses-MailOutboxRequests',
      'ScimSweep-EventFeedWorkFailures.fifo',
      'ScimSweep-EventFeedWorkQueue.fifo',
      'ScimSweep-MappingsWorkFailures.fifo',
      'ScimSweep-MappingsWorkQueue.fifo',
      'ScimSweep-PromoterWorkFailures.fifo',
      'ScimSweep-PromoterWorkQueue.fifo',
      'ScimSweep-SweeperFailures',
      'ScimSweep-SweeperWorkFailures.fifo',
      'ScimSweep-SweeperWorkQueue.fifo',
      'ScimSweep-WebhooksFailures',
      'ScimSweep-WebhooksFast',
      'ScimSweep-WebhooksSlow',
    ]);
    expect(await control('functions')).toContainEqual({
      name: expect.stringContaining('Users') as string,
      version: '$LATEST',
      invocations: expect.any(Number) as number,
      idle: expect.any(Number) as number,
      busy: expect.any(Number) as number,
    });
    // The kill is limited to instances with this event, so that it hits no request of another test file.
    expect(await killInstances('Discovery', randomUUID())).toBe(0);
    expect(await control('kill?function=NoSuchFunction', 'POST')).toMatchObject({
      __type: 'NotFoundException',
    });
  });
});
