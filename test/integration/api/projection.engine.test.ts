import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { type ClientResponse, type DomainClient, createDomainClient } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
let user: ProvisionedUser;
let groupPath: string;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain, BODY);
  const members = [{ value: user.id }];
  const group = await domain.request('POST', '/Groups', { displayName: 'Team', externalId: 'g', members });
  groupPath = `/Groups/${(group.body as { id: string }).id}`;
});

const BODY = userBody(uniqueName(), {
  name: { givenName: 'Ada', familyName: 'Larsen' },
  title: 'Countess',
  [ENTERPRISE_USER_SCHEMA]: { department: 'Engines', costCenter: '7' },
});

const namesIn = ({ body }: ClientResponse): string[] => Object.keys(body as object).sort();
const ALWAYS = ['id', 'schemas'];
const ALL_ATTRIBUTES = [
  ...ALWAYS,
  ...['userName', 'name', 'title', 'active', 'emails', 'groups', 'meta'],
  ...[ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA],
].sort();

describe('the representation of a user', () => {
  it('has all attributes by default, but never the password', async () => {
    expect(namesIn(await domain.request('GET', user.path))).toEqual(ALL_ATTRIBUTES);
    const created = await domain.request(
      'POST',
      '/Users?attributes=password',
      userBody(uniqueName(), { password: 'x' }),
    );
    expect(namesIn(created)).toEqual(ALWAYS);
  });

  it.each<[string, string[]]>([
    ['userName', ['userName']],
    ['USERNAME,Title', ['userName', 'title']],
    [' userName , title ', ['userName', 'title']],
    [`${USER_SCHEMA}:userName`, ['userName']],
    ['name', ['name']],
    ['name.givenName', ['name']],
    ['emails.value', ['emails']],
    ['emails[type eq "work"]', ['emails']],
    ['title,emails[type eq "work" and value co ","].value', ['emails', 'title']],
    ['meta', ['meta']],
    ['meta.version', ['meta']],
    ['groups', ['groups']],
    [ENTERPRISE_USER_SCHEMA, [ENTERPRISE_USER_SCHEMA]],
    [`${ENTERPRISE_USER_SCHEMA}:department`, [ENTERPRISE_USER_SCHEMA]],
    ['id', []],
    ['password', []],
    ['unknown', []],
    ['unknown,userName', ['userName']],
  ])('has only the requested attributes, id and schemas with attributes=%s', async (attributes, shown) => {
    const response = await domain.request('GET', `${user.path}?attributes=${encodeURIComponent(attributes)}`);
    expect(namesIn(response)).toEqual([...ALWAYS, ...shown].sort());
  });

  it.each<[string, string[]]>([
    ['title', ['title']],
    ['TITLE,emails', ['title', 'emails']],
    ['groups', ['groups']],
    ['id,schemas', []],
    ['meta', ['meta']],
    ['unknown', []],
    ['name.givenName', []],
    [ENTERPRISE_USER_SCHEMA, [ENTERPRISE_USER_SCHEMA]],
  ])('does not have the excluded attributes with excludedAttributes=%s', async (excluded, hidden) => {
    const response = await domain.request(
      'GET',
      `${user.path}?excludedAttributes=${encodeURIComponent(excluded)}`,
    );
    expect(namesIn(response)).toEqual(ALL_ATTRIBUTES.filter((name) => !hidden.includes(name)));
  });

  it('can include or exclude sub-attributes', async () => {
    const included = await domain.request('GET', `${user.path}?attributes=name.givenName,emails.value`);
    expect(included.body).toMatchObject({ name: { givenName: 'Ada' }, emails: [{ value: user.userName }] });
    expect(JSON.stringify(included.body)).not.toMatch(/familyName|primary/);
    const without = await domain.request('GET', `${user.path}?excludedAttributes=name.givenName`);
    expect((without.body as { name: object }).name).toEqual({ familyName: 'Larsen' });
  });

  it('has only the requested attributes in lists too', async () => {
    for (const filter of ['', '&filter=title%20eq%20%22Countess%22']) {
      const response = await domain.request('GET', `/Users?attributes=title${filter}`);
      const { Resources } = response.body as { Resources: object[] };
      const shown = Resources.find((resource) => (resource as { id: string }).id === user.id);
      expect(shown).toEqual({ id: user.id, schemas: expect.anything() as unknown, title: 'Countess' });
    }
  });
});

describe('the response to a write', () => {
  it.each<[string, () => [string, string, object]]>([
    ['POST', () => ['POST', '/Users', userBody(uniqueName(), { title: 'Countess' })]],
    ['PUT', () => ['PUT', user.path, BODY]],
    ['PATCH', () => ['PATCH', user.path, replaceBody('title', 'Countess')]],
    ['PATCH that changes something', () => ['PATCH', user.path, replaceBody('nickName', uniqueName())]],
  ])('has the attributes that the query requests: %s', async (_, write) => {
    const [method, path, body] = write();
    const partial = await domain.request(method, `${path}?attributes=title`, body);
    expect(namesIn(partial)).toEqual([...ALWAYS, 'title']);
    expect(partial.headers.get('etag')).toMatch(/^W\/"\d+"$/);
    expect(partial.headers.get('location')).toContain('/scim/v2/Users/');
  });

  it('does not have the attributes that the query excludes', async () => {
    const body = userBody(uniqueName(), { title: 'Countess' });
    const created = await domain.request('POST', '/Users?excludedAttributes=emails,title', body);
    expect(namesIn(created)).not.toContain('emails');
    expect(namesIn(created)).not.toContain('title');
    const { id } = created.body as { id: string };
    expect((await domain.request('GET', `/Users/${id}`)).body).toMatchObject({ title: 'Countess' });
  });
});

describe('the members of a group', () => {
  it('can be excluded, also in lists and in responses to writes', async () => {
    const query = '?excludedAttributes=members';
    const list = await domain.request('GET', `/Groups${query}&filter=displayName+eq+%22Team%22`);
    const { Resources } = list.body as { Resources: object[] };
    const responses = [
      await domain.request('GET', groupPath + query),
      await domain.request('PATCH', groupPath + query, replaceBody('externalId', uniqueName())),
      await domain.request('PUT', groupPath + query, { displayName: 'Team', members: [{ value: user.id }] }),
    ];
    for (const shown of [...Resources, ...responses.map(({ body }) => body as object)]) {
      expect(shown).toMatchObject({ displayName: 'Team' });
      expect(shown).not.toHaveProperty('members');
    }
  });

  it('are returned by default, and if they are requested', async () => {
    for (const query of ['', '?attributes=members', '?attributes=displayName,members.value']) {
      const response = await domain.request('GET', groupPath + query);
      expect(response.body).toMatchObject({ members: [{ value: user.id }] });
    }
  });
});
