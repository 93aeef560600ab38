import queries from '../../fixtures/field/queries.json';
import { provisionUser } from '../../support/requests/provision-user';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
  for (let count = 0; count < 3; count++) await provisionUser(domain);
});

describe('the name of a query parameter', () => {
  it.each(queries.names)('is read in any case: $query', async ({ query, resources, ...expected }) => {
    const response = await domain.request('GET', `/Users?${query}`);
    expect(response).toMatchObject({ status: 200, body: expected });
    expect((response.body as { Resources: unknown[] }).Resources).toHaveLength(resources);
  });

  it.each([
    ['Attributes=userName', ['id', 'schemas', 'userName']],
    ['excludedattributes=emails,name,meta,active', ['id', 'schemas', 'userName']],
  ])('is read in any case for a projection: %s', async (query, names) => {
    const response = await domain.request('GET', `/Users?${query}`);
    const [user] = (response.body as { Resources: object[] }).Resources;
    expect(Object.keys(user ?? {})).toEqual(expect.arrayContaining(names));
    expect(user).not.toHaveProperty('emails');
  });
});
