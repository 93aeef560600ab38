import { readDomain } from '../../support/consistency/domain-data';
import bytes from '../../fixtures/field/bytes.json';
import { adminClient } from '../../support/system/admin-client';
import { rawRequest } from '../../support/system/raw-request';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { uniqueName, userBody } from '../../support/requests/bodies';
import { expectScimError } from '../../support/requests/scim-error';
import { createDomainClient, type DomainClient, session } from '../../support/system/system';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

let domain: DomainClient;
let user: ProvisionedUser;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
});

const send = (method: string, path: string, body: Buffer, type = 'application/scim+json') =>
  rawRequest(domain, method, path, { 'Content-Type': type }, body);

describe('a body that is not UTF-8', () => {
  it.each(bytes.refused)('is refused and stores nothing: $why', async ({ hex }) => {
    const before = await readDomain(domain.domainId);
    for (const [method, path] of [
      ['POST', '/Users'],
      ['PUT', user.path],
      ['PATCH', user.path],
      ['POST', '/Groups'],
      ['POST', '/Bulk'],
      ['POST', '/.search'],
      ['POST', '/Users/.search'],
    ] as const) {
      expectScimError(await send(method, path, Buffer.from(hex, 'hex')), 400, 'invalidSyntax');
    }
    expect(await readDomain(domain.domainId)).toEqual(before);
  });

  it('is refused by the admin API and stores nothing', async () => {
    const admin = adminClient();
    const path = `/domains/${domain.domainId}`;
    const before = (await admin('GET', path)).body;
    const response = await fetch(session().adminUrl + path, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${session().adminToken}`, 'content-type': 'application/json' },
      body: Buffer.from('{"name":"M\u00fcller"}', 'latin1'),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(((await response.json()) as { detail: string }).detail).toContain('UTF-8');
    expect((await admin('GET', path)).body).toEqual(before);
    expect((await admin('GET', `${path}/users?search=%FC`)).status).toBe(400);
  });
});

describe('a byte order mark', () => {
  it('is dropped', async () => {
    const userName = uniqueName();
    const body = Buffer.concat([BOM, Buffer.from(JSON.stringify(userBody(userName)))]);
    expect(await send('POST', '/Users', body)).toMatchObject({ status: 201, body: { userName } });
    const headers = { 'content-type': 'application/json' };
    const renamed = await adminClient()(
      'PATCH',
      `/domains/${domain.domainId}`,
      '\ufeff{"name":"New"}',
      headers,
    );
    expect(renamed.status).toBe(200);
  });
});

describe('the charset of a content type', () => {
  it.each(bytes.charsets)('$type leads to $status', async ({ type, status }) => {
    const body = Buffer.from(JSON.stringify(userBody()));
    expect((await send('POST', '/Users', body, type)).status).toBe(status);
  });
});

describe('a query that is not UTF-8', () => {
  it.each(bytes.queries)('is refused: %s', async (path) => {
    expectScimError(await rawRequest(domain, 'GET', path), 400, 'invalidSyntax');
  });
});
