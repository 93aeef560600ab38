import {
  killInstances,
  listMailsTo,
  createDomainClient,
  session,
  takeCapacity,
  waitForMail,
} from '../support/system/system';

const user = (userName: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  emails: [{ value: userName, type: 'work', primary: true }],
});

describe('the running system', () => {
  it('serves the stage of the template below /scim/v2', async () => {
    const { request } = await createDomainClient();
    expect(session().baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/);
    expect((await request('GET', '/ServiceProviderConfig')).status).toBe(200);
  });

  it('answers 401 through the gateway response of the template', async () => {
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
    const writes = (await takeCapacity(domainId)).filter(
      ({ operation }) => operation === 'TransactWriteItems',
    );
    expect(writes).toHaveLength(1);
    expect(writes[0]?.function).toContain('Users');
    expect(writes[0]?.write).toBeGreaterThan(0);
    expect(await takeCapacity(domainId)).toEqual([]);
  });

  it('shows its functions and queues, and ends instances when told', async () => {
    const control = async (path: string, method = 'GET') =>
      await (await fetch(`${session().controlUrl}/${path}`, { method })).json();
    expect(Object.keys((await control('queues')) as object)).toEqual([
      expect.stringMatching(/^ScimLicenses-DeliveryMailFailures/),
      expect.stringMatching(/^ScimLicenses-LicenseChangesFailures/),
      expect.stringMatching(/^ScimLicenses-MailEventsFailures/),
      expect.stringMatching(/^ScimSweep-.*Failures/),
    ]);
    expect(await control('functions')).toContainEqual({
      name: expect.stringContaining('Users') as string,
      idle: expect.any(Number) as number,
      busy: expect.any(Number) as number,
    });
    expect(await killInstances('Discovery')).toBe(0);
    expect(await control('kill?function=NoSuchFunction', 'POST')).toMatchObject({
      __type: 'NotFoundException',
    });
  });
});
