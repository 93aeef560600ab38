import { discoveryRoutes } from '../../../shared/http/routes/discovery-routes';
import { DEFAULT_RATE_PLANS } from '../../../shared/limits/rate-plan';
import { USER_SCHEMA } from '../../../shared/scim/urns';
import { DEFAULT_COUNT, MAX_COUNT } from '../../../shared/service/listing/list-query';
import { callRoute, PRINCIPAL } from '../../support/requests/api-events';

const get = (path: string, query?: Record<string, string>) =>
  callRoute(discoveryRoutes(DEFAULT_RATE_PLANS), { path, query });

describe('discovery', () => {
  it('reports the limits that the listings use', async () => {
    expect((await get('/ServiceProviderConfig')).body).toMatchObject({
      filter: { supported: true, maxResults: MAX_COUNT },
      pagination: {
        index: true,
        cursor: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: DEFAULT_COUNT,
        maxPageSize: MAX_COUNT,
        cursorTimeout: 3600,
      },
      sort: { supported: true },
      etag: { supported: true },
      patch: { supported: true },
    });
  });

  it('lists the events of RFC 9967 that the service sends', async () => {
    const provisioning = 'urn:ietf:params:scim:event:prov:';
    const names = ['create:notice', 'create:full', 'patch:notice', 'patch:full', 'put:notice', 'put:full'];
    expect((await get('/ServiceProviderConfig')).body).toMatchObject({
      securityEvents: {
        asyncRequest: 'none',
        eventUris: [...names, 'delete', 'activate', 'deactivate'].map((name) => provisioning + name),
      },
    });
  });

  it.each([
    ['unmetered', 500],
    ['gallery', 500],
    ['standard', 200],
  ])('reports how large a bulk the rate plan %s allows', async (ratePlan, maxOperations) => {
    const authorizer = { ...PRINCIPAL, ratePlan };
    const path = '/ServiceProviderConfig';
    expect((await callRoute(discoveryRoutes(DEFAULT_RATE_PLANS), { path, authorizer })).body).toMatchObject({
      bulk: { supported: true, maxOperations, maxPayloadSize: 1_048_576 },
    });
  });

  it.each([
    ['https://docs.example.com/scim', 'https://docs.example.com/scim/api.md'],
    ['HTTP://docs.example.com', 'HTTP://docs.example.com/api.md'],
    ['https://licenses.example.com/help/{page}', 'https://licenses.example.com/help/api'],
    ['docs', undefined],
    ['/docs', undefined],
    ['docs.example.com/scim', undefined],
    ['https:/docs.example.com', undefined],
    ['https://', undefined],
    ['ftp://docs.example.com', undefined],
    [undefined, undefined],
  ])('links to the documents if they are published at a URL: %j', async (docsUrl, documentationUri) => {
    const path = '/ServiceProviderConfig';
    const { body } = await callRoute(discoveryRoutes(DEFAULT_RATE_PLANS, docsUrl), { path });
    const { authenticationSchemes, ...config } = body as { authenticationSchemes: object[] };
    for (const part of [config, ...authenticationSchemes]) {
      if (documentationUri === undefined) expect(part).not.toHaveProperty('documentationUri');
      else expect(part).toHaveProperty('documentationUri', documentationUri);
    }
  });

  it('ignores query parameters of /ServiceProviderConfig', async () =>
    expect((await get('/ServiceProviderConfig', { count: 'x', attributes: 'patch' })).body).toEqual(
      (await get('/ServiceProviderConfig')).body,
    ));

  it.each(['/ResourceTypes', '/Schemas'])('serves each resource of %s at its location', async (path) => {
    const { Resources } = (await get(path)).body as {
      Resources: { id: string; meta: { location: string } }[];
    };
    expect(Resources.length).toBeGreaterThan(1);
    for (const resource of Resources) {
      expect(resource.meta.location).toBe(`https://api.example.com/scim/v2${path}/${resource.id}`);
      expect(await get(`${path}/${resource.id}`)).toEqual({
        status: 200,
        body: resource,
        headers: { 'content-location': resource.meta.location },
      });
    }
  });

  it.each([
    '/ServiceProviderConfig',
    '/ResourceTypes',
    '/ResourceTypes/User',
    '/Schemas',
    '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
  ])('refuses a filter on %s, even an empty one', async (path) => {
    for (const filter of ['name eq "User"', ''])
      await expect(get(path, { filter })).rejects.toMatchObject({ status: 403 });
  });

  it('finds an id in any case, and is 404 for an unknown id', async () => {
    expect((await get(`/Schemas/${USER_SCHEMA.toUpperCase()}`)).body).toMatchObject({ id: USER_SCHEMA });
    await expect(get('/Schemas/urn:nothing')).rejects.toMatchObject({ status: 404 });
    await expect(get('/ResourceTypes/Device')).rejects.toMatchObject({ status: 404 });
  });
});
