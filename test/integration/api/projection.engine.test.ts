import { ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { type ClientResponse, type DomainClient, createDomainClient } from '../../support/system/system';

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
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  title: 'Countess',
  [ENTERPRISE_USER_SCHEMA]: { department: 'Engines', costCenter: '7' },
});

const namesIn = ({ body }: ClientResponse): string[] => Object.keys(body as object).sort();
const ALWAYS = ['id', 'schemas'];
const WHOLE = [
  ...ALWAYS,
  ...['userName', 'name', 'title', 'active', 'emails', 'groups', 'meta'],
  ...[ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA],
].sort();

describe('of a user', () => {
  it('everything is shown by default, a password never', async () => {
    expect(namesIn(await domain.request('GET', user.path))).toEqual(WHOLE);
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
    ['meta', ['meta']],
    ['meta.version', ['meta']],
    ['groups', ['groups']],
    [ENTERPRISE_USER_SCHEMA, [ENTERPRISE_USER_SCHEMA]],
    [`${ENTERPRISE_USER_SCHEMA}:department`, [ENTERPRISE_USER_SCHEMA]],
    ['id', []],
    ['password', []],
    ['unknown', []],
    ['unknown,userName', ['userName']],
  ])('attributes=%s shows that, its id and its schemas', async (attributes, shown) => {
    const answer = await domain.request('GET', `${user.path}?attributes=${encodeURIComponent(attributes)}`);
    expect(namesIn(answer)).toEqual([...ALWAYS, ...shown].sort());
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
  ])('excludedAttributes=%s leaves that out', async (excluded, hidden) => {
    const answer = await domain.request(
      'GET',
      `${user.path}?excludedAttributes=${encodeURIComponent(excluded)}`,
    );
    expect(namesIn(answer)).toEqual(WHOLE.filter((name) => !hidden.includes(name)));
  });

  it('parts of an attribute can be asked for, or left out', async () => {
    const asked = await domain.request('GET', `${user.path}?attributes=name.givenName,emails.value`);
    expect(asked.body).toMatchObject({ name: { givenName: 'Ada' }, emails: [{ value: user.userName }] });
    expect(JSON.stringify(asked.body)).not.toMatch(/familyName|primary/);
    const without = await domain.request('GET', `${user.path}?excludedAttributes=name.givenName`);
    expect((without.body as { name: object }).name).toEqual({ familyName: 'Lovelace' });
  });

  it('is asked for in lists', async () => {
    for (const filter of ['', '&filter=title%20eq%20%22Countess%22']) {
      const answer = await domain.request('GET', `/Users?attributes=title${filter}`);
      const { Resources } = answer.body as { Resources: object[] };
      const shown = Resources.find((resource) => (resource as { id: string }).id === user.id);
      expect(shown).toEqual({ id: user.id, schemas: expect.anything() as unknown, title: 'Countess' });
    }
  });
});

describe('the answer to a write', () => {
  it.each<[string, () => [string, string, object]]>([
    ['POST', () => ['POST', '/Users', userBody(uniqueName(), { title: 'Countess' })]],
    ['PUT', () => ['PUT', user.path, BODY]],
    ['PATCH', () => ['PATCH', user.path, replaceBody('title', 'Countess')]],
    ['PATCH that changes something', () => ['PATCH', user.path, replaceBody('nickName', uniqueName())]],
  ])('shows what the query asks for: %s', async (_, write) => {
    const [method, path, body] = write();
    const some = await domain.request(method, `${path}?attributes=title`, body);
    expect(namesIn(some)).toEqual([...ALWAYS, 'title']);
    expect(some.headers.get('etag')).toMatch(/^W\/"\d+"$/);
    expect(some.headers.get('location')).toContain('/scim/v2/Users/');
  });

  it('leaves out what the query excludes', async () => {
    const body = userBody(uniqueName(), { title: 'Countess' });
    const created = await domain.request('POST', '/Users?excludedAttributes=emails,title', body);
    expect(namesIn(created)).not.toContain('emails');
    expect(namesIn(created)).not.toContain('title');
    const { id } = created.body as { id: string };
    expect((await domain.request('GET', `/Users/${id}`)).body).toMatchObject({ title: 'Countess' });
  });
});

describe('the members of a group', () => {
  it('are left out where they are excluded, also of lists and of answers to writes', async () => {
    const query = '?excludedAttributes=members';
    const list = await domain.request('GET', `/Groups${query}&filter=displayName+eq+%22Team%22`);
    const { Resources } = list.body as { Resources: object[] };
    const answers = [
      await domain.request('GET', groupPath + query),
      await domain.request('PATCH', groupPath + query, replaceBody('externalId', uniqueName())),
      await domain.request('PUT', groupPath + query, { displayName: 'Team', members: [{ value: user.id }] }),
    ];
    for (const shown of [...Resources, ...answers.map(({ body }) => body as object)]) {
      expect(shown).toMatchObject({ displayName: 'Team' });
      expect(shown).not.toHaveProperty('members');
    }
  });

  it('are shown where nothing is said, or where they are asked for', async () => {
    for (const query of ['', '?attributes=members', '?attributes=displayName,members.value']) {
      const answer = await domain.request('GET', groupPath + query);
      expect(answer.body).toMatchObject({ members: [{ value: user.id }] });
    }
  });
});
