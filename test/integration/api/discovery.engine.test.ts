import {
  ENTERPRISE_USER_SCHEMA,
  GROUP_SCHEMA,
  RESOURCE_TYPE_SCHEMA,
  SCHEMA_SCHEMA,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  USER_SCHEMA,
} from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { expectList, findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
let schemas: Map<string, SchemaResource>;
beforeAll(async () => {
  domain = await createDomainClient();
  const { Resources } = expectList(await domain.request('GET', '/Schemas'));
  schemas = new Map((Resources as unknown as SchemaResource[]).map((schema) => [schema.id, schema]));
});

interface AttributeResource {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly mutability: string;
  readonly returned: string;
  readonly uniqueness: string;
  readonly caseExact?: boolean;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly AttributeResource[];
}
interface SchemaResource {
  readonly id: string;
  readonly attributes: readonly AttributeResource[];
}

const containsNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(containsNull));

describe.each([
  [
    '/Schemas',
    SCHEMA_SCHEMA,
    [
      ...[USER_SCHEMA, GROUP_SCHEMA],
      ...['urn:okta:scim:schemas:core:1.0:Role', 'urn:okta:scim:schemas:core:1.0:Entitlement'],
      ...[ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA],
    ],
  ],
  ['/ResourceTypes', RESOURCE_TYPE_SCHEMA, ['User', 'Group', 'Role', 'Entitlement', 'License']],
])('%s', (path, schema, expectedIds) => {
  it('lists all resources, and returns each one at its location', async () => {
    const { Resources, totalResults } = expectList(await domain.request('GET', path));
    expect(Resources.map(({ id }) => id)).toEqual(expectedIds);
    expect(totalResults).toBe(expectedIds.length);
    for (const resource of Resources) {
      expect(resource.schemas).toEqual([schema]);
      expect(containsNull(resource)).toBe(false);
      expect((await domain.request('GET', `${path}/${resource.id}`)).body).toEqual(resource);
      const { location } = resource.meta as { location: string };
      const authorization = `Bearer ${domain.scimKey}`;
      expect(await (await fetch(location, { headers: { authorization } })).json()).toEqual(resource);
    }
  });

  it('refuses a filter with 403 (RFC 7644 §4)', async () => {
    expectScimError(await domain.request('GET', `${path}?filter=id+pr`), 403);
    expectScimError(await domain.request('GET', `${path}?filter=`), 403);
  });

  it('ignores paging parameters', async () => {
    for (const query of ['?startIndex=2&count=1', '?count=0', '?attributes=id']) {
      expect(expectList(await domain.request('GET', path + query)).totalResults).toBe(expectedIds.length);
    }
  });
});

describe('/ServiceProviderConfig', () => {
  it('ignores every parameter', async () => {
    const plain = await domain.request('GET', '/ServiceProviderConfig');
    const withParameters = await domain.request('GET', '/ServiceProviderConfig?attributes=patch&count=x');
    expect(plain.status).toBe(200);
    expect(withParameters.body).toEqual(plain.body);
  });

  it('describes the features of the service', async () => {
    const response = await domain.request('GET', '/ServiceProviderConfig');
    expect(response.body).toMatchObject({
      schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
      patch: { supported: true },
      etag: { supported: true },
      filter: { supported: true },
      changePassword: { supported: false },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }, { type: 'oauth2' }],
    });
    expect(containsNull(response.body)).toBe(false);
    // The setting `docsUrl` of the tests' deployment is a path.
    expect(JSON.stringify(response.body)).not.toContain('documentationUri');
  });

  it('matches the behavior of bulk, sorting and page sizes', async () => {
    interface Config {
      readonly bulk: { supported: boolean };
      readonly sort: { supported: boolean };
      readonly pagination: { defaultPageSize: number; maxPageSize: number };
      readonly filter: { maxResults: number };
    }
    const config = (await domain.request('GET', '/ServiceProviderConfig')).body as Config;
    const bulk = await domain.request('POST', '/Bulk', { Operations: [] });
    expect(bulk.status !== 404).toBe(config.bulk.supported);
    expect(config.filter.maxResults).toBe(config.pagination.maxPageSize);
    expect(config.pagination.defaultPageSize).toBeLessThanOrEqual(config.pagination.maxPageSize);
    const names = ['b', 'a', 'c'].map((start) => uniqueName(`${start}-sort`));
    for (const name of names) await provisionUser(domain, userBody(name));
    const sorted = expectList(await domain.request('GET', '/Users?sortBy=userName&count=3'));
    const order = sorted.Resources.map(({ userName }) => userName);
    expect(order).toEqual(config.sort.supported ? [...names].sort() : names);
  });
});

describe('/ResourceTypes', () => {
  it('contains existing endpoints and schemas', async () => {
    const { Resources } = expectList(await domain.request('GET', '/ResourceTypes'));
    for (const { id, endpoint, schema, schemaExtensions = [] } of Resources) {
      const resources = expectList(await domain.request('GET', endpoint as string));
      for (const resource of resources.Resources) expect(resource.meta).toMatchObject({ resourceType: id });
      const extensions = schemaExtensions as { schema: string; required: boolean }[];
      for (const urn of [schema as string, ...extensions.map((each) => each.schema)]) {
        expect(schemas.has(urn)).toBe(true);
      }
      expect(extensions.every(({ required }) => !required)).toBe(true);
    }
  });
});

/** Returns a value that the schema of an attribute allows. */
function sampleValue(attribute: AttributeResource): unknown {
  const { name, type, multiValued, canonicalValues, subAttributes = [] } = attribute;
  const singleValue = (): unknown => {
    if (type === 'complex') {
      const parts = subAttributes.filter(({ mutability }) => mutability === 'readWrite');
      return Object.fromEntries(parts.map((part) => [part.name, sampleValue(part)]));
    }
    if (type === 'boolean') return true;
    if (type === 'binary') return Buffer.from(name).toString('base64');
    if (type === 'reference') return `https://example.com/${name}`;
    return canonicalValues?.[0] ?? name;
  };
  return multiValued ? [singleValue()] : singleValue();
}

const SPECIAL: Record<string, unknown> = {
  timezone: 'Europe/London',
  emails: [{ value: 'ada@example.com', display: 'Ada', type: 'work', primary: true }],
};

describe('/Schemas', () => {
  /** Returns the writable attributes with sample values, except `userName`, which every user has. */
  const writable = (urn: string): [string, unknown][] =>
    (schemas.get(urn)?.attributes ?? [])
      .filter(({ mutability, name }) => mutability === 'readWrite' && name !== 'userName')
      .map((attribute) => [attribute.name, SPECIAL[attribute.name] ?? sampleValue(attribute)]);

  it.each([USER_SCHEMA, ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA])(
    'lists in %s only attributes that POST, PUT and PATCH can write, GET returns, and filters find',
    async (urn) => {
      const isCore = urn === USER_SCHEMA;
      for (const [name, value] of writable(urn)) {
        const userName = uniqueName();
        const expected = isCore ? { [name]: value } : { [urn]: { [name]: value } };
        const target = isCore ? name : `${urn}:${name}`;
        const whole = userBody(userName, expected);
        const created = await domain.request('POST', '/Users', whole);
        expect(created).toMatchObject({ status: 201, body: expected });
        const path = `/Users/${(created.body as { id: string }).id}`;
        for (const [method, body] of [
          ['PATCH', replaceBody(target, value)],
          ['PUT', whole],
        ] as const) {
          expect((await domain.request('PUT', path, userBody(userName))).status).toBe(200);
          expect(await domain.request(method, path, body)).toMatchObject({ status: 200, body: expected });
        }
        expect((await domain.request('GET', path)).body).toMatchObject(expected);
        const { Resources } = await findByFilter(
          domain,
          '/Users',
          `${target} pr and userName eq "${userName}"`,
        );
        expect(Resources).toHaveLength(1);
      }
    },
  );

  it('lists read-only attributes that a client cannot write', async () => {
    const readOnly = schemas
      .get(USER_SCHEMA)!
      .attributes.filter(({ mutability }) => mutability === 'readOnly');
    expect(readOnly.map(({ name }) => name)).toEqual(['groups']);
    const { path, userName } = await provisionUser(domain);
    const response = await domain.request('PUT', path, {
      ...userBody(userName),
      id: 'mine',
      meta: { version: 'W/"77"', created: '1999-01-01T00:00:00Z' },
      groups: [{ value: 'mine' }],
    });
    expect(response).toMatchObject({ status: 200, body: { meta: { version: 'W/"1"' } } });
    expect(JSON.stringify(response.body)).not.toMatch(/mine|1999/);
  });

  it('lists no attribute that is never returned, and marks those that are required or unique', () => {
    const { attributes } = schemas.get(USER_SCHEMA)!;
    const names = (predicate: (attribute: AttributeResource) => boolean) =>
      attributes.filter(predicate).map(({ name }) => name);
    expect(names(({ name, returned }) => name === 'password' || returned === 'never')).toEqual([]);
    expect(names(({ required }) => required)).toEqual(['userName']);
    expect(names(({ uniqueness }) => uniqueness === 'server')).toEqual(['userName']);
    const group = schemas.get(GROUP_SCHEMA)!.attributes.filter(({ required }) => required);
    expect(group).toMatchObject([{ name: 'displayName', uniqueness: 'server', caseExact: false }]);
  });

  it('lists every attribute in the representation of a user', async () => {
    const userName = uniqueName();
    const body = Object.fromEntries([...writable(USER_SCHEMA), ['userName', userName]]);
    const created = await domain.request('POST', '/Users', body);
    expect(created.status).toBe(201);
    const known = schemas.get(USER_SCHEMA)!.attributes.map(({ name }) => name);
    const shown = Object.keys(created.body as object).filter((name) => !name.startsWith('urn:'));
    expect(shown.filter((name) => !['id', 'schemas', 'meta', ...known].includes(name))).toEqual([]);
  });

  it('lists exactly the accepted user types', async () => {
    const [nrUserType] = schemas.get(PRODUCT_USER_SCHEMA)!.attributes;
    const types = (nrUserType?.canonicalValues ?? []) as string[];
    expect(types).toEqual(['Basic User', 'Core User', 'Full User']);
    const cases: readonly (readonly [string, string])[] = [
      ...types.map((type) => [type, type] as const),
      ['core user', 'Core User'],
      ['Super User', 'Basic User'],
    ];
    for (const [sent, stored] of cases) {
      const body = userBody(uniqueName(), { [PRODUCT_USER_SCHEMA]: { nrUserType: sent } });
      const response = await domain.request('POST', '/Users', body);
      expect(response).toMatchObject({
        status: 201,
        body: { [PRODUCT_USER_SCHEMA]: { nrUserType: stored } },
      });
    }
    const readiness = (await domain.request('GET', '/readiness')).body as { findings: object[] };
    expect(readiness.findings).toContainEqual(
      expect.objectContaining({
        code: 'attributes-ignored',
        details: [
          expect.objectContaining({
            attribute: `${PRODUCT_USER_SCHEMA}:nrUserType`,
            reason: expect.stringContaining('Send one of: Basic User, Core User, Full User.') as string,
          }),
        ],
      }),
    );
  });
});
